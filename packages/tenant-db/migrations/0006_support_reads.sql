-- Support access: a login role per tenant that reads its own tenant's rows and changes nothing.

-- Whoever may run this was let in to read. A new connection of such a role asks it before its first business statement, and
-- the renewal of rights after a migration tells by it who is who: no role can give this right to itself.
create function crm.reads_only() returns boolean
language sql immutable set search_path = '' as $$ select true $$;

-- Said in full each time, so that a right somebody added by hand is taken back.
create procedure crm.grant_reading_rights(reading name)
language plpgsql set search_path = '' as $$
begin
  execute format('grant usage on schema crm to %I', reading);
  execute format('revoke all on all tables in schema crm from %I', reading);
  execute format('grant select on all tables in schema crm to %I', reading);
  execute format('revoke all on crm.identity from %I', reading);
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.reads_only() to %I', reading);
end $$;

create or replace procedure crm.renew_serving_rights()
language plpgsql set search_path = '' as $$
declare
  member name;
begin
  for member in
    select distinct r.rolname
    from pg_catalog.pg_namespace n, pg_catalog.aclexplode(n.nspacl) a
    join pg_catalog.pg_roles r on r.oid = a.grantee
    where n.nspname = 'crm' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner
  loop
    if pg_catalog.has_function_privilege(member, 'crm.reads_only()', 'execute') then
      call crm.grant_reading_rights(member);
    else
      call crm.grant_serving_rights(member);
    end if;
  end loop;
end $$;
