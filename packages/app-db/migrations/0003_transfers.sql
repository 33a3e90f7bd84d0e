CREATE TABLE "app"."transfers" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"legacy_tenant_id" uuid NOT NULL,
	"state" text DEFAULT 'copying' NOT NULL,
	"paused_until" timestamp with time zone,
	"started_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"moved_at" timestamp with time zone,
	CONSTRAINT "transfers_legacy_tenant_id_unique" UNIQUE("legacy_tenant_id"),
	CONSTRAINT "transfers_state" CHECK ("app"."transfers"."state" in ('copying', 'paused', 'moved')),
	CONSTRAINT "transfers_paused" CHECK (("app"."transfers"."state" = 'paused') = ("app"."transfers"."paused_until" is not null)),
	CONSTRAINT "transfers_moved" CHECK (("app"."transfers"."state" = 'moved') = ("app"."transfers"."moved_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "app"."transfers" ADD CONSTRAINT "transfers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
revoke all on app.transfers from public;
--> statement-breakpoint
-- Held by whoever changes who is in charge, and shared by every transaction that writes rows of the company on the old side.
create function app.lock_moving_company(company uuid) returns void language sql set search_path = pg_catalog as $$
  select pg_advisory_xact_lock(hashtextextended('tenantry moving company ' || company, 0));
$$;
--> statement-breakpoint
-- On every row of the old tables: refuses what is written while nobody may write, and for good once the company has moved.
-- A transaction that began before the pause is waited for by the one that pauses. Under READ COMMITTED each statement here
-- sees what was committed while it waited for the lock; under a higher level it would not, so it asks for the row itself
-- and is refused when that has changed.
create function app.guard_moving_rows() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  company uuid;
  moving app.transfers;
begin
  foreach company in array array[old.tenant_id, new.tenant_id] loop
    continue when company is null or not exists (select from app.transfers t where t.legacy_tenant_id = company);
    perform pg_advisory_xact_lock_shared(hashtextextended('tenantry moving company ' || company, 0));
    if current_setting('transaction_isolation') = 'read committed' then
      select * into moving from app.transfers t where t.legacy_tenant_id = company;
    else
      select * into moving from app.transfers t where t.legacy_tenant_id = company for share;
    end if;
    if moving.state = 'moved' then
      raise exception 'this company has moved; its rows here are kept and not written' using errcode = '55000';
    elsif moving.state = 'paused' and moving.paused_until > clock_timestamp() then
      raise exception 'this company is being switched over; try again in a few seconds' using errcode = '55006';
    end if;
  end loop;
  return coalesce(new, old);
end $$;
--> statement-breakpoint
create function app.guard_moving_tables() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from app.transfers) then
    raise exception 'companies are moving out of this table; delete rows instead of truncating it' using errcode = '55000';
  end if;
  return null;
end $$;
--> statement-breakpoint
-- For the policies of the old tables: rows of these companies are not shown there any more.
create function app.moved_companies() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(t.legacy_tenant_id), '{}') from app.transfers t where t.state = 'moved';
$$;
--> statement-breakpoint
-- Nobody resumes a company here while the old side is in charge of it.
create function app.refuse_two_sides() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.status = 'active' and exists (select from app.transfers t where t.tenant_id = new.id and t.state <> 'moved') then
    raise exception 'this company is still moving in' using errcode = '23514', constraint = 'tenants_one_side';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger tenants_one_side before update of status on app.tenants
  for each row execute function app.refuse_two_sides();
--> statement-breakpoint
revoke all on function app.lock_moving_company(uuid), app.guard_moving_rows(), app.guard_moving_tables(),
  app.refuse_two_sides() from public;
--> statement-breakpoint
-- Policies ask it in the name of whoever reads the old tables. It can be named only by who may use schema app.
grant execute on function app.moved_companies() to public;
