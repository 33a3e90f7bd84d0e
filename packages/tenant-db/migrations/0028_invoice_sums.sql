-- What is left of invoices is kept added up, so that a dashboard reads those of which something is left and no others.
CREATE TABLE "crm"."invoice_sums" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "crm"."invoice_sums_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"invoice_id" uuid NOT NULL,
	"left_minor" bigint NOT NULL,
	CONSTRAINT "invoice_sums_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."invoice_sums" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));
--> statement-breakpoint
-- What an invoice claims; a credit note takes it off the invoice that it is about. See invoice_sums in the code.
create function crm.sum_changed_invoice() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op <> 'INSERT' and old.status = 'issued' then
    insert into crm.invoice_sums (tenant_id, invoice_id, left_minor) values (old.tenant_id,
      coalesce(old.credits_invoice_id, old.id), case when old.kind = 'credit_note' then old.total_minor else -old.total_minor end);
  end if;
  if tg_op <> 'DELETE' and new.status = 'issued' then
    insert into crm.invoice_sums (tenant_id, invoice_id, left_minor) values (new.tenant_id,
      coalesce(new.credits_invoice_id, new.id), case when new.kind = 'credit_note' then -new.total_minor else new.total_minor end);
  end if;
  return null;
end $$;
--> statement-breakpoint
-- What was allocated is taken off, whatever became of the payment: no row but this one is asked, so none can be overlooked.
create function crm.sum_changed_allocation() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op <> 'INSERT' then
    insert into crm.invoice_sums (tenant_id, invoice_id, left_minor) values (old.tenant_id, old.invoice_id, old.amount_minor);
  end if;
  if tg_op <> 'DELETE' then
    insert into crm.invoice_sums (tenant_id, invoice_id, left_minor) values (new.tenant_id, new.invoice_id, -new.amount_minor);
  end if;
  return null;
end $$;
--> statement-breakpoint
-- One line for each invoice that has several, and none for one of which nothing is left; lines of others stay untouched.
create function crm.gather_invoice_sums() returns trigger
language plpgsql set search_path = '' as $$
begin
  with taken as (
    delete from crm.invoice_sums t where t.tenant_id = new.tenant_id and t.id in (
      select s.id from crm.invoice_sums s where s.tenant_id = new.tenant_id and s.invoice_id in (
        select m.invoice_id from crm.invoice_sums m where m.tenant_id = new.tenant_id group by 1 having count(*) > 1)
      for update skip locked)
    returning t.*)
  insert into crm.invoice_sums (tenant_id, invoice_id, left_minor)
  select t.tenant_id, t.invoice_id, sum(t.left_minor) from taken t group by 1, 2 having sum(t.left_minor) <> 0;
  return null;
end $$;
--> statement-breakpoint
create trigger invoices_sums_of_new after insert on crm.invoices for each row
  when (new.status = 'issued') execute function crm.sum_changed_invoice();
--> statement-breakpoint
create trigger invoices_sums_of_changed after update on crm.invoices for each row
  when ((old.status = 'issued' or new.status = 'issued') and (old.status, old.kind, old.total_minor, old.credits_invoice_id)
    is distinct from (new.status, new.kind, new.total_minor, new.credits_invoice_id))
  execute function crm.sum_changed_invoice();
--> statement-breakpoint
create trigger invoices_sums_of_gone after delete on crm.invoices for each row
  when (old.status = 'issued') execute function crm.sum_changed_invoice();
--> statement-breakpoint
create trigger payment_allocations_sums after insert or delete or update of invoice_id, amount_minor
  on crm.payment_allocations for each row execute function crm.sum_changed_allocation();
--> statement-breakpoint
-- Of every tenant, with nobody writing meanwhile: the triggers hold the tables.
ALTER TABLE "crm"."invoices" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."payment_allocations" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
insert into crm.invoice_sums (tenant_id, invoice_id, left_minor)
  select c.tenant_id, c.invoice_id, sum(c.amount)
  from (
    select i.tenant_id, coalesce(i.credits_invoice_id, i.id) as invoice_id,
      case when i.kind = 'credit_note' then -i.total_minor else i.total_minor end as amount
    from crm.invoices i where i.status = 'issued'
    union all select a.tenant_id, a.invoice_id, -a.amount_minor from crm.payment_allocations a) c
  group by 1, 2 having sum(c.amount) <> 0;--> statement-breakpoint
ALTER TABLE "crm"."invoices" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."payment_allocations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."invoice_sums" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What gathering inserts is no reason to gather.
create trigger invoice_sums_gathered after insert on crm.invoice_sums for each row
  when (new.id % 4096 = 0 and pg_trigger_depth() < 2) execute function crm.gather_invoice_sums();
