CREATE TABLE "app"."connection_shares" (
	"server" text NOT NULL,
	"process_id" uuid NOT NULL,
	"held" integer NOT NULL,
	"wanted" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "connection_shares_server_process_id_pk" PRIMARY KEY("server","process_id"),
	CONSTRAINT "connection_shares_counts" CHECK ("app"."connection_shares"."held" >= 0 and "app"."connection_shares"."wanted" >= 0)
);
--> statement-breakpoint
CREATE TABLE "app"."data_source_health" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"state" text,
	"since" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"code" text,
	"connect_ms" real,
	"query_ms" real,
	"schema_version" text,
	"server_version" text,
	"replicas" jsonb DEFAULT '[]' NOT NULL,
	CONSTRAINT "data_source_health_state" CHECK ("app"."data_source_health"."state" in ('healthy', 'degraded', 'behind', 'refused', 'unreachable'))
);
--> statement-breakpoint
CREATE TABLE "app"."data_source_replicas" (
	"tenant_id" uuid NOT NULL,
	"url" text NOT NULL,
	"region" text NOT NULL,
	CONSTRAINT "data_source_replicas_tenant_id_url_pk" PRIMARY KEY("tenant_id","url"),
	CONSTRAINT "data_source_replicas_url_has_no_login" CHECK ("app"."data_source_replicas"."url" !~ '@')
);
--> statement-breakpoint
ALTER TABLE "app"."tenants" ADD COLUMN "changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "app"."data_source_health" ADD CONSTRAINT "data_source_health_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."data_source_replicas" ADD CONSTRAINT "data_source_replicas_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "data_source_health_due_at" ON "app"."data_source_health" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "tenants_changed_in" ON "app"."tenants" USING btree ("changed_in");--> statement-breakpoint
-- As before (a credential that is sealed anew is the same credential), and a change of status counts as well: whoever holds
-- an older grant is to be told by its version alone. What changes elsewhere (replicas) says so by touching `changed_in`.
create or replace function app.count_data_source_version() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  said jsonb := coalesce(nullif(current_setting('tenantry.tenant_change', true), '')::jsonb, '{}');
  is_resealed boolean := said ->> 'action' is not distinct from 'tenant.credentials_resealed';
begin
  new.data_source_version := old.data_source_version;
  if (new.data_source_url, new.data_source_region, new.connection_pool_config, new.tenant_id_in_data_source,
      new.data_source_identity, new.placement, new.status, new.changed_in)
     is distinct from
     (old.data_source_url, old.data_source_region, old.connection_pool_config, old.tenant_id_in_data_source,
      old.data_source_identity, old.placement, old.status, old.changed_in)
     or not is_resealed and (new.data_source_anon_key, new.data_source_service_key, new.data_source_support_key)
     is distinct from (old.data_source_anon_key, old.data_source_service_key, old.data_source_support_key)
  then
    new.data_source_version := old.data_source_version + 1;
    new.changed_in := pg_current_xact_id();
  end if;
  return new;
end $$;
--> statement-breakpoint
-- A hint and nothing more: anybody who may log in can send it, and it may be lost. Whoever hears it looks for himself.
create function app.tell_tenant_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_notify('tenantry_tenants', '');
  return null;
end $$;
--> statement-breakpoint
create trigger tenants_told after update on app.tenants
  for each row when (old.data_source_version is distinct from new.data_source_version) execute function app.tell_tenant_change();
--> statement-breakpoint
create function app.touch_tenant_of_replica() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  update app.tenants set changed_in = pg_current_xact_id()
  where id = case when tg_op = 'DELETE' then old.tenant_id else new.tenant_id end;
  return null;
end $$;
--> statement-breakpoint
create trigger data_source_replicas_touch after insert or update or delete on app.data_source_replicas
  for each row execute function app.touch_tenant_of_replica();
--> statement-breakpoint
-- A tenant that gets a data source, or another one, is due to be looked at.
create function app.make_health_due() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.data_source_url is null then
    delete from app.data_source_health where tenant_id = new.id;
  else
    insert into app.data_source_health (tenant_id) values (new.id)
    on conflict (tenant_id) do update set due_at = now();
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger tenants_health_due after update of data_source_url, data_source_anon_key, data_source_identity on app.tenants
  for each row execute function app.make_health_due();
--> statement-breakpoint
insert into app.data_source_health (tenant_id) select id from app.tenants where data_source_url is not null;
--> statement-breakpoint
create or replace function app.audit_tenant_change() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  said jsonb := coalesce(nullif(current_setting('tenantry.tenant_change', true), '')::jsonb, '{}');
  tenant app.tenants := case when tg_op = 'DELETE' then old else new end;
  columns jsonb;
begin
  if said ->> 'holds' is distinct from 'transaction' then
    perform set_config('tenantry.tenant_change', '', true);
  end if;
  if tg_op = 'UPDATE' then
    select jsonb_agg(n.key order by n.key) into columns
    from jsonb_each(to_jsonb(new)) n
    where n.value is distinct from to_jsonb(old) -> n.key and n.key not in ('version', 'data_source_version', 'changed_in');
    if columns is null then
      return null;
    end if;
  end if;
  insert into app.audit_log (tenant_id, actor_kind, actor_id, actor_name, action, subject, request_id, detail)
  values (
    tenant.id,
    coalesce(said ->> 'actorKind', 'system'),
    (said ->> 'actorId')::uuid,
    coalesce(said ->> 'actorName', session_user),
    coalesce(said ->> 'action', 'tenant.row_' || case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'deleted' end),
    tenant.slug,
    said ->> 'requestId',
    coalesce(said -> 'detail', '{}') || case when columns is null then '{}' else jsonb_build_object('columns', columns) end
  );
  return null;
end $$;
--> statement-breakpoint
-- Max-min fair: of what all processes want, everybody gets the same until it has what it wants. A process may use at once
-- what the others do not hold; for the rest it waits until they hold less. One at a time, server by server.
create function app.renew_connection_share(
  of_server text, of_process uuid, holds integer, wants integer, most integer, ttl_ms integer,
  out allowed integer, out is_tight boolean
) language plpgsql set search_path = pg_catalog as $$
declare
  by_others integer;
  others_left integer;
  left_over integer := most;
  fair integer := most;
  share record;
begin
  perform pg_advisory_xact_lock(hashtextextended('tenantry connections ' || of_server, 0));
  delete from app.connection_shares where server = of_server and (expires_at < clock_timestamp() or process_id = of_process);
  select coalesce(sum(held), 0), count(*) + 1 into by_others, others_left from app.connection_shares where server = of_server;
  for share in
    select wanted from app.connection_shares where server = of_server
    union all select wants order by wanted
  loop
    fair := greatest(1, left_over / others_left);
    exit when share.wanted > fair;
    left_over := left_over - share.wanted;
    others_left := others_left - 1;
    fair := most;
  end loop;
  allowed := greatest(0, least(wants, fair, most - by_others));
  is_tight := by_others + greatest(allowed, holds) >= most;
  if greatest(allowed, holds, wants) > 0 then
    insert into app.connection_shares (server, process_id, held, wanted, expires_at)
    values (of_server, of_process, greatest(allowed, holds), wants, clock_timestamp() + ttl_ms * interval '1 millisecond');
  end if;
end $$;
--> statement-breakpoint
revoke all on all functions in schema app from public;
--> statement-breakpoint
revoke all on all tables in schema app from public;
