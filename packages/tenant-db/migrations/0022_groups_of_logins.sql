-- In a database that many companies share, two groups hold the rights and the companies' logins are their members: tables
-- that name every login make each further company dearer, and a row of the catalogue has no room for more than some 2,400 of
-- them. A database that one company has alone has no groups; there the rights are its logins' own.
create function crm.group_of(kind text) returns name
language sql stable set search_path = '' as $$
  select r.rolname from pg_catalog.pg_namespace n
  join pg_catalog.pg_roles r on r.rolname = pg_catalog.concat(pg_catalog.pg_get_userbyid(n.nspowner), '_', kind)::name
  where n.nspname = 'crm' and not r.rolcanlogin and pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')
$$;
--> statement-breakpoint
-- Whether anything in this database names the role among those who have rights to it; the database itself does not count.
create function crm.has_rights_here(holder name) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from pg_catalog.pg_shdepend d
    join pg_catalog.pg_roles r on r.oid = d.refobjid and r.rolname = holder
    join pg_catalog.pg_database b on b.oid = d.dbid and b.datname = pg_catalog.current_database()
    where d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass and d.deptype = 'a')
$$;
--> statement-breakpoint
-- Makes a login a member of the group of its kind, of no other one, and without a right of its own; false where there are no
-- groups. It has what the group has, and can neither become the group nor take anybody in. The owner takes in and lets go,
-- whoever says so: what was given by one is not taken back by another.
create function crm.join_group(login name, kind text) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  joined name := crm.group_of(kind);
  left_behind name := crm.group_of(case kind when 'serving' then 'reading' else 'serving' end);
  owner name := (select pg_catalog.pg_get_userbyid(nspowner) from pg_catalog.pg_namespace where nspname = 'crm');
begin
  if joined is null or left_behind is null or login in (joined, left_behind) then return false; end if;
  if exists (
    select from pg_catalog.pg_auth_members m
    where m.roleid = pg_catalog.quote_ident(left_behind)::regrole and m.member = pg_catalog.quote_ident(login)::regrole
  ) then
    execute format('revoke %I from %I granted by %I', left_behind, login, owner);
  end if;
  execute format('grant %I to %I with inherit true, set false granted by %I', joined, login, owner);
  if crm.has_rights_here(login) then
    execute format('revoke all on all tables in schema crm from %I', login);
    execute format('revoke all on all routines in schema crm from %I', login);
    execute format('revoke all on schema crm from %I', login);
  end if;
  return true;
end $$;
--> statement-breakpoint
-- As before, and in a database with groups by membership.
create or replace procedure crm.grant_serving_rights(serving name)
language plpgsql set search_path = '' as $$
begin
  if crm.join_group(serving, 'serving') then return; end if;
  execute format('grant usage on schema crm to %I', serving);
  execute format('grant select, insert, update, delete on all tables in schema crm to %I', serving);
  execute format('revoke all on crm.identity from %I', serving);
  execute format('revoke insert, update, delete on crm.currencies, crm.invoice_balances from %I', serving);
  execute format('revoke update, delete on crm.record_changes, crm.opportunity_stage_history, crm.payments from %I', serving);
  execute format('grant update (account_id, status, received_at, provider_ref, note) on crm.payments to %I', serving);
  execute format('revoke update, delete on crm.payment_allocations from %I', serving);
  execute format('grant update (amount_minor) on crm.payment_allocations to %I', serving);
  if to_regclass('crm.schema_migrations') is not null then
    execute format('revoke insert, update, delete on crm.schema_migrations from %I', serving);
  end if;
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.hold_epoch(bigint) to %I', serving);
  execute format('grant execute on function crm.account_is_of(uuid, uuid[]), crm.is_seen(text, uuid),
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid) to %I', serving);
end $$;
--> statement-breakpoint
create or replace procedure crm.grant_reading_rights(reading name)
language plpgsql set search_path = '' as $$
begin
  if crm.join_group(reading, 'reading') then return; end if;
  -- A new login has nothing to be taken from it, and looking through every column for it takes longer than all the rest.
  if crm.has_rights_here(reading) then
    execute format('revoke all on all tables in schema crm from %I', reading);
  end if;
  execute format('grant usage on schema crm to %I', reading);
  execute format('grant select on all tables in schema crm to %I', reading);
  execute format('revoke all on crm.identity from %I', reading);
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.reads_only() to %I', reading);
  execute format('grant execute on function crm.account_is_of(uuid, uuid[]), crm.is_seen(text, uuid),
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid) to %I', reading);
end $$;
--> statement-breakpoint
-- Logins that had rights of their own before there were groups: who could change nothing goes on so.
create procedure crm.gather_logins()
language plpgsql set search_path = '' as $$
declare
  login name;
begin
  for login in
    select distinct r.rolname
    from pg_catalog.pg_namespace n, pg_catalog.aclexplode(n.nspacl) a
    join pg_catalog.pg_roles r on r.oid = a.grantee
    where n.nspname = 'crm' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner and r.rolcanlogin
  loop
    if pg_catalog.has_table_privilege(login, 'crm.accounts', 'insert') then
      call crm.grant_serving_rights(login);
    else
      call crm.grant_reading_rights(login);
    end if;
  end loop;
end $$;
--> statement-breakpoint
-- As before; what a hand gave to a member of a group is taken back.
create or replace procedure crm.renew_serving_rights()
language plpgsql set search_path = '' as $$
declare
  holder name;
  joined text;
begin
  for holder in
    select distinct r.rolname
    from pg_catalog.pg_namespace n, pg_catalog.aclexplode(n.nspacl) a
    join pg_catalog.pg_roles r on r.oid = a.grantee
    where n.nspname = 'crm' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner
  loop
    if pg_catalog.has_function_privilege(holder, 'crm.reads_only()', 'execute') then
      call crm.grant_reading_rights(holder);
    else
      call crm.grant_serving_rights(holder);
    end if;
  end loop;
  for holder, joined in
    select r.rolname, k from pg_catalog.unnest(array['serving', 'reading']) k
    join pg_catalog.pg_auth_members m on m.roleid = pg_catalog.quote_ident(crm.group_of(k))::regrole
    join pg_catalog.pg_roles r on r.oid = m.member
    where r.rolcanlogin
  loop
    perform crm.join_group(holder, joined);
  end loop;
end $$;
