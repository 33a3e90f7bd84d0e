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
      new.connection_pool_config, new.tenant_id_in_data_source, new.placement)
     is distinct from
     (old.data_source_url, old.data_source_anon_key, old.data_source_service_key, old.data_source_region,
      old.connection_pool_config, old.tenant_id_in_data_source, old.placement)
  then
    new.data_source_version := old.data_source_version + 1;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger tenants_data_source_version before update on app.tenants
  for each row execute function app.count_data_source_version();
--> statement-breakpoint
-- Names the columns that changed and never a value: two of them are sealed credentials.
create function app.audit_tenant_change() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  changed jsonb;
begin
  if tg_op = 'DELETE' then
    insert into app.audit_log (tenant_id, actor_kind, actor_name, action, subject)
    values (old.id, 'system', session_user, 'tenant.row_deleted', old.slug);
    return old;
  end if;
  if tg_op = 'INSERT' then
    insert into app.audit_log (tenant_id, actor_kind, actor_name, action, subject)
    values (new.id, 'system', session_user, 'tenant.row_created', new.slug);
    return new;
  end if;
  select jsonb_agg(n.key order by n.key) into changed
  from jsonb_each(to_jsonb(new)) n
  where n.value is distinct from to_jsonb(old) -> n.key and n.key not in ('version', 'data_source_version');
  if changed is not null then
    insert into app.audit_log (tenant_id, actor_kind, actor_name, action, subject, detail)
    values (new.id, 'system', session_user, 'tenant.row_changed', new.slug, jsonb_build_object('columns', changed));
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger tenants_audited after insert or update or delete on app.tenants
  for each row execute function app.audit_tenant_change();
--> statement-breakpoint
revoke all on all functions in schema app from public;
