-- What drizzle-kit cannot say: triggers, and nothing for PUBLIC.
revoke all on schema app from public;
--> statement-breakpoint
revoke all on all tables in schema app from public;
--> statement-breakpoint
create function app.refuse_audit_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger audit_log_append_only before update or delete on app.audit_log
  for each row execute function app.refuse_audit_change();
--> statement-breakpoint
create trigger audit_log_not_truncated before truncate on app.audit_log
  for each statement execute function app.refuse_audit_change();
--> statement-breakpoint
create function app.count_data_source_version() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.data_source_version := old.data_source_version;
  if (new.data_source_url, new.data_source_anon_key, new.data_source_service_key, new.data_source_region,
      new.connection_pool_config, new.tenant_id_in_data_source, new.data_source_identity, new.placement)
     is distinct from
     (old.data_source_url, old.data_source_anon_key, old.data_source_service_key, old.data_source_region,
      old.connection_pool_config, old.tenant_id_in_data_source, old.data_source_identity, old.placement)
  then
    new.data_source_version := old.data_source_version + 1;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger tenants_data_source_version before update on app.tenants
  for each row execute function app.count_data_source_version();
--> statement-breakpoint
-- Who is about to change a tenant, and how they call it; holds for the next change in this transaction and no longer.
create function app.announce_tenant_change(entry jsonb) returns void language sql set search_path = pg_catalog as $$
  select set_config('tenantry.tenant_change', entry::text, true);
$$;
--> statement-breakpoint
-- One entry for each change, also for one that nobody announced. It names the columns that changed and never a value:
-- two of them are sealed credentials.
create function app.audit_tenant_change() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  said jsonb := coalesce(nullif(current_setting('tenantry.tenant_change', true), '')::jsonb, '{}');
  tenant app.tenants := case when tg_op = 'DELETE' then old else new end;
  columns jsonb;
begin
  perform set_config('tenantry.tenant_change', '', true);
  if tg_op = 'UPDATE' then
    select jsonb_agg(n.key order by n.key) into columns
    from jsonb_each(to_jsonb(new)) n
    where n.value is distinct from to_jsonb(old) -> n.key and n.key not in ('version', 'data_source_version');
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
create trigger tenants_audited after insert or update or delete on app.tenants
  for each row execute function app.audit_tenant_change();
--> statement-breakpoint
revoke all on all functions in schema app from public;
