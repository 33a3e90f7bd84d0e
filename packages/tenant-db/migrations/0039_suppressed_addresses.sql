CREATE TABLE "crm"."suppressed_addresses" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"kind" text NOT NULL,
	"address_hash" "bytea" NOT NULL,
	"opted_out_at" timestamp with time zone,
	"bounced_at" timestamp with time zone,
	CONSTRAINT "suppressed_addresses_pkey" PRIMARY KEY("tenant_id","kind","address_hash"),
	CONSTRAINT "suppressed_addresses_kind_check" CHECK (kind in ('email', 'phone')),
	CONSTRAINT "suppressed_addresses_marked_check" CHECK (num_nonnulls(opted_out_at, bounced_at) > 0)
);
--> statement-breakpoint
ALTER TABLE "crm"."suppressed_addresses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."suppressed_addresses" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));
--> statement-breakpoint
-- An address that is typed in, brought by an import or pointed elsewhere comes with the marks it had.
create function crm.remember_marks() returns trigger
language plpgsql set search_path = '' as $$
declare
  known crm.suppressed_addresses;
begin
  select * into known from crm.suppressed_addresses s
    where s.tenant_id = new.tenant_id and s.kind = new.kind
      and s.address_hash = sha256(convert_to(new.kind || ' ' || new.value_norm, 'UTF8'));
  new.opted_out_at := coalesce(new.opted_out_at, known.opted_out_at);
  new.bounced_at := coalesce(new.bounced_at, known.bounced_at);
  return new;
end $$;
--> statement-breakpoint
create trigger contact_points_marks_of_new before insert on crm.contact_points
  for each row execute function crm.remember_marks();
--> statement-breakpoint
-- A mark is set and lifted for the address, whosever it is: for who has it too, seen by the writer or not, and for who gets it
-- later. So the points are asked without limits; what fails between ends the transaction or its savepoint.
create function crm.keep_marks() returns trigger
language plpgsql set search_path = '' as $$
declare
  hash bytea := sha256(convert_to(new.kind || ' ' || new.value_norm, 'UTF8'));
  limits text := current_setting('tenantry.access', true);
begin
  if new.opted_out_at is null and new.bounced_at is null then
    delete from crm.suppressed_addresses s
      where s.tenant_id = new.tenant_id and s.kind = new.kind and s.address_hash = hash;
  else
    insert into crm.suppressed_addresses as s (tenant_id, kind, address_hash, opted_out_at, bounced_at)
      values (new.tenant_id, new.kind, hash, new.opted_out_at, new.bounced_at)
      on conflict (tenant_id, kind, address_hash) do update
        set opted_out_at = excluded.opted_out_at, bounced_at = excluded.bounced_at;
  end if;
  perform set_config('tenantry.access', '', true);
  update crm.contact_points p set opted_out_at = new.opted_out_at, bounced_at = new.bounced_at
    where p.tenant_id = new.tenant_id and p.kind = new.kind and p.value_norm = new.value_norm and p.id <> new.id
      and (p.opted_out_at, p.bounced_at) is distinct from (new.opted_out_at, new.bounced_at);
  perform set_config('tenantry.access', limits, true);
  return null;
end $$;
--> statement-breakpoint
create trigger contact_points_marks_kept after update on crm.contact_points for each row
  when (pg_trigger_depth() = 0
    and (old.opted_out_at, old.bounced_at) is distinct from (new.opted_out_at, new.bounced_at))
  execute function crm.keep_marks();
--> statement-breakpoint
create trigger contact_points_new_marks_kept after insert on crm.contact_points for each row
  when (pg_trigger_depth() = 0 and num_nonnulls(new.opted_out_at, new.bounced_at) > 0)
  execute function crm.keep_marks();
--> statement-breakpoint
-- Of every tenant: forced row security would ask whose rows these are.
ALTER TABLE "crm"."contact_points" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
insert into crm.suppressed_addresses (tenant_id, kind, address_hash, opted_out_at, bounced_at)
  select tenant_id, kind, sha256(convert_to(kind || ' ' || value_norm, 'UTF8')), min(opted_out_at), min(bounced_at)
  from crm.contact_points where num_nonnulls(opted_out_at, bounced_at) > 0 group by 1, 2, 3;
--> statement-breakpoint
ALTER TABLE "crm"."contact_points" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."suppressed_addresses" FORCE ROW LEVEL SECURITY;
