-- What open opportunities come to is kept added up, so that a dashboard reads some hundred lines instead of every one of them.
CREATE TABLE "crm"."opportunity_sums" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "crm"."opportunity_sums_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"stage_id" uuid NOT NULL,
	"currency" char(3) NOT NULL,
	"month" date,
	"forecast_category" text NOT NULL,
	"person_id" uuid,
	"count" integer NOT NULL,
	"amount_minor" numeric NOT NULL,
	"expected_minor" numeric NOT NULL,
	CONSTRAINT "opportunity_sums_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
DROP INDEX "crm"."opportunities_open";--> statement-breakpoint
CREATE INDEX "payments_not_kept" ON "crm"."payments" USING btree ("tenant_id","id") WHERE status <> 'succeeded' or kind = 'refund';--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."opportunity_sums" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."opportunity_sums" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,opportunity}') is null) or person_id = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,opportunity}')::uuid[])::uuid[]));
--> statement-breakpoint
-- Open are those that a board shows; see opportunity_sums in the code.
create function crm.sum_new_opportunities() returns trigger
language plpgsql set search_path = '' as $$
begin
  insert into crm.opportunity_sums (tenant_id, stage_id, currency, month, forecast_category, person_id, count, amount_minor, expected_minor)
  select o.tenant_id, o.stage_id, o.currency, date_trunc('month', o.expected_close_on)::date, o.forecast_category,
    coalesce(o.owner_id, o.created_by), count(*), sum(o.amount_minor), sum(o.expected_minor)
  from new_rows o where o.outcome is null and o.deleted_at is null and o.archived_at is null
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;
--> statement-breakpoint
create function crm.sum_gone_opportunities() returns trigger
language plpgsql set search_path = '' as $$
begin
  insert into crm.opportunity_sums (tenant_id, stage_id, currency, month, forecast_category, person_id, count, amount_minor, expected_minor)
  select o.tenant_id, o.stage_id, o.currency, date_trunc('month', o.expected_close_on)::date, o.forecast_category,
    coalesce(o.owner_id, o.created_by), -count(*), -sum(o.amount_minor), -sum(o.expected_minor)
  from old_rows o where o.outcome is null and o.deleted_at is null and o.archived_at is null
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;
--> statement-breakpoint
create function crm.sum_changed_opportunity() returns trigger
language plpgsql set search_path = '' as $$
begin
  insert into crm.opportunity_sums (tenant_id, stage_id, currency, month, forecast_category, person_id, count, amount_minor, expected_minor)
  select o.tenant_id, o.stage_id, o.currency, date_trunc('month', o.expected_close_on)::date, o.forecast_category,
    coalesce(o.owner_id, o.created_by), sum(o.sign), sum(o.sign * o.amount_minor), sum(o.sign * o.expected_minor)
  from (
    select 1 as sign, new.* union all select -1, old.*) o
  where o.outcome is null and o.deleted_at is null and o.archived_at is null
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;
--> statement-breakpoint
-- One line for each cell instead of many. Whoever is at it already keeps the lines they hold; who reads sees all before or
-- all after. A member who is limited gathers the lines they see, which is as good.
create function crm.gather_opportunity_sums() returns trigger
language plpgsql set search_path = '' as $$
begin
  with taken as (
    delete from crm.opportunity_sums t where t.tenant_id = new.tenant_id and t.id in (
      select s.id from crm.opportunity_sums s where s.tenant_id = new.tenant_id for update skip locked)
    returning t.*)
  insert into crm.opportunity_sums (tenant_id, stage_id, currency, month, forecast_category, person_id, count, amount_minor, expected_minor)
  select t.tenant_id, t.stage_id, t.currency, t.month, t.forecast_category, t.person_id, sum(t.count), sum(t.amount_minor), sum(t.expected_minor)
  from taken t group by 1, 2, 3, 4, 5, 6
  having sum(t.count) <> 0 or sum(t.amount_minor) <> 0 or sum(t.expected_minor) <> 0;
  return null;
end $$;
--> statement-breakpoint
create trigger opportunities_sums_of_new after insert on crm.opportunities
  referencing new table as new_rows for each statement execute function crm.sum_new_opportunities();
--> statement-breakpoint
create trigger opportunities_sums_of_gone after delete on crm.opportunities
  referencing old table as old_rows for each statement execute function crm.sum_gone_opportunities();
--> statement-breakpoint
create trigger opportunities_sums_of_changed after update on crm.opportunities for each row
  when ((old.stage_id, old.currency, old.expected_close_on, old.forecast_category, old.amount_minor, old.expected_minor,
      old.owner_id, old.created_by, old.outcome, old.archived_at, old.deleted_at)
    is distinct from (new.stage_id, new.currency, new.expected_close_on, new.forecast_category, new.amount_minor,
      new.expected_minor, new.owner_id, new.created_by, new.outcome, new.archived_at, new.deleted_at))
  execute function crm.sum_changed_opportunity();
--> statement-breakpoint
-- Of every tenant, with nobody writing meanwhile: the triggers hold the table.
ALTER TABLE "crm"."opportunities" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
insert into crm.opportunity_sums (tenant_id, stage_id, currency, month, forecast_category, person_id, count, amount_minor, expected_minor)
  select o.tenant_id, o.stage_id, o.currency, date_trunc('month', o.expected_close_on)::date, o.forecast_category,
    coalesce(o.owner_id, o.created_by), count(*), sum(o.amount_minor), sum(o.expected_minor)
  from crm.opportunities o where o.outcome is null and o.deleted_at is null and o.archived_at is null
  group by 1, 2, 3, 4, 5, 6;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."opportunity_sums" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What gathering inserts is no reason to gather.
create trigger opportunity_sums_gathered after insert on crm.opportunity_sums for each row
  when (new.id % 4096 = 0 and pg_trigger_depth() < 2) execute function crm.gather_opportunity_sums();
