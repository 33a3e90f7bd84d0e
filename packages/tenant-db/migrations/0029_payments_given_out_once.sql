-- What of a payment is given out is seen by everybody who sees it, and held by the database.
DROP INDEX "crm"."payments_settled";--> statement-breakpoint
DROP INDEX "crm"."payments_search";--> statement-breakpoint
CREATE INDEX "payments_settled" ON "crm"."payments" USING btree ("tenant_id","received_at","currency","kind","amount_minor","id","account_id","created_by","refunds_payment_id") WHERE status = 'succeeded';--> statement-breakpoint
CREATE INDEX "payments_search" ON "crm"."payments" USING btree ("tenant_id","id","search_text","account_id","created_by","refunds_payment_id");--> statement-breakpoint
ALTER POLICY "row_access_select" ON "crm"."payments" TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,invoice}')::uuid[])::uuid[]) or crm.pays_seen_invoice(id) or crm.is_seen('payment', refunds_payment_id));--> statement-breakpoint
-- What of a payment is on invoices, and what was given back and taken from none, is together no more than came in; a refund
-- takes no more from invoices than it gives back, and from none more than its payment paid of it. Adding up is done for the
-- whole company, whoever writes, and for one writer after the other.
create function crm.guard_given_out() returns trigger
language plpgsql set search_path = '' as $$
declare
  access text := coalesce(current_setting('tenantry.access', true), '');
  asked uuid[];
begin
  if access <> '' then perform set_config('tenantry.access', '', true); end if;
  if tg_table_name = 'payments' then asked := array[coalesce(new.refunds_payment_id, new.id)];
  else
    select array_agg(distinct coalesce(p.refunds_payment_id, p.id)) into asked
    from new_rows n join crm.payments p on p.tenant_id = n.tenant_id and p.id = n.payment_id;
  end if;
  perform from crm.payments p where p.id = any (asked) order by p.id for no key update;
  if exists (
    select from crm.payments p
    cross join lateral (
      select coalesce(sum(a.amount_minor), 0) as amount from crm.payment_allocations a
      where a.tenant_id = p.tenant_id and a.payment_id = p.id
    ) paid
    cross join lateral (
      select coalesce(sum(r.amount_minor), 0) as amount, coalesce(sum(t.amount), 0) as taken,
        coalesce(bool_or(t.amount > r.amount_minor), false) as takes_too_much
      from crm.payments r cross join lateral (
        select coalesce(sum(a.amount_minor), 0) as amount from crm.payment_allocations a
        where a.tenant_id = r.tenant_id and a.payment_id = r.id
      ) t
      where r.tenant_id = p.tenant_id and r.refunds_payment_id = p.id and r.status in ('pending', 'succeeded')
    ) back
    where p.id = any (asked) and (back.takes_too_much or back.amount > p.amount_minor
      or paid.amount + back.amount - back.taken > p.amount_minor
      or exists (
        select from crm.payments r
        join crm.payment_allocations a on a.tenant_id = r.tenant_id and a.payment_id = r.id
        where r.tenant_id = p.tenant_id and r.refunds_payment_id = p.id and r.status in ('pending', 'succeeded')
        group by a.invoice_id having sum(a.amount_minor) > coalesce((
          select o.amount_minor from crm.payment_allocations o
          where o.tenant_id = p.tenant_id and o.payment_id = p.id and o.invoice_id = a.invoice_id), 0)))
  ) then
    raise exception 'more of a payment is given out than came in' using errcode = '23514', constraint = 'payments_given_out_once';
  end if;
  if access <> '' then perform set_config('tenantry.access', access, true); end if;
  return null;
end $$;
--> statement-breakpoint
create trigger payment_allocations_given_out after insert on crm.payment_allocations
  referencing new table as new_rows for each statement execute function crm.guard_given_out();
--> statement-breakpoint
create trigger payment_allocations_given_out_more after update on crm.payment_allocations
  referencing new table as new_rows for each statement execute function crm.guard_given_out();
--> statement-breakpoint
-- A refund is written before what it takes from invoices.
create constraint trigger payments_given_out after insert or update of status on crm.payments
  deferrable initially deferred for each row when (new.kind = 'refund' and new.status in ('pending', 'succeeded'))
  execute function crm.guard_given_out();
