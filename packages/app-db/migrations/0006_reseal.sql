-- A credential that is sealed anew is the same credential: nobody has to read it again or to drop a connection for it. Only
-- a change that was announced as such, and only of the sealed columns.
create or replace function app.count_data_source_version() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  said jsonb := coalesce(nullif(current_setting('tenantry.tenant_change', true), '')::jsonb, '{}');
  is_resealed boolean := said ->> 'action' is not distinct from 'tenant.credentials_resealed';
begin
  new.data_source_version := old.data_source_version;
  if (new.data_source_url, new.data_source_region, new.connection_pool_config, new.tenant_id_in_data_source,
      new.data_source_identity, new.placement)
     is distinct from
     (old.data_source_url, old.data_source_region, old.connection_pool_config, old.tenant_id_in_data_source,
      old.data_source_identity, old.placement)
     or not is_resealed and (new.data_source_anon_key, new.data_source_service_key, new.data_source_support_key)
     is distinct from (old.data_source_anon_key, old.data_source_service_key, old.data_source_support_key)
  then
    new.data_source_version := old.data_source_version + 1;
  end if;
  return new;
end $$;
--> statement-breakpoint
-- As before, and an announcement may hold for all rows that its transaction changes.
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
