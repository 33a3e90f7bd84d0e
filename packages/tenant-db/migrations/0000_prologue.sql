-- The ground the tables stand on. Runs as the owner role, which may be an ordinary role: all three extensions are trusted.
create extension if not exists btree_gist with schema public;
create extension if not exists pg_trgm with schema public;
create extension if not exists citext with schema public;

create schema if not exists crm;
revoke all on schema crm from public;

-- Every function may be executed by PUBLIC unless told otherwise; this holds for all functions the owner makes from here on.
alter default privileges revoke execute on functions from public;

-- Whose rows this session sees. It follows from session_user, which no statement can change, and must agree with the
-- startup setting when there is one: behind a transaction-mode pooler there is none, and after a transaction-local
-- set_config it is '' instead of NULL. The owner may read crm.identity only through its policy: the row of session_user.
create function crm.current_tenant() returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  id uuid;
  claimed uuid := nullif(current_setting('tenantry.tenant_id', true), '')::uuid;
begin
  select i.tenant_id into id from crm.identity i where i.role = session_user;
  if id is null then
    raise exception 'database % serves no tenant to role %', current_database(), session_user using errcode = '28000';
  end if;
  if claimed is distinct from id and claimed is not null then
    raise exception 'database % does not serve tenant % to role %', current_database(), claimed, session_user
      using errcode = '28000';
  end if;
  return id;
end $$;
