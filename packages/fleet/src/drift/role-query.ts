const grantable = `lateral (select case when a.is_grantable then ' with grant option' else '' end) g ("with")`

/**
 * What each role may do in schema `crm` that is neither its owner nor everybody: rows of `role` and `may` (a jsonb list). The roles
 * of two tenants have other names and the same rights; of one kind of role all databases must say the same. Superusers and
 * those who make roles are left out: they are of the server, and Postgres lets them into what they have made.
 */
export const roleQuery = `
  with schema as (select oid, nspowner, nspacl from pg_namespace where nspname = 'crm'),
  permit (grantee, may) as (
    select a.grantee, a.privilege_type || ' on schema' || g."with" from schema s, aclexplode(s.nspacl) a, ${grantable}
    union all
    select a.grantee, a.privilege_type || ' on ' || c.relname || g."with"
      from pg_class c join schema s on s.oid = c.relnamespace, aclexplode(c.relacl) a, ${grantable}
      where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    union all
    select a.grantee, a.privilege_type || ' on ' || c.relname || '.' || t.attname || g."with"
      from pg_class c join schema s on s.oid = c.relnamespace
      join pg_attribute t on t.attrelid = c.oid and t.attacl is not null, aclexplode(t.attacl) a, ${grantable}
    union all
    select a.grantee, a.privilege_type || ' on ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' || g."with"
      from pg_proc p join schema s on s.oid = p.pronamespace, aclexplode(p.proacl) a, ${grantable}
    union all
    select a.grantee, a.privilege_type || ' on type ' || t.typname || g."with"
      from pg_type t join schema s on s.oid = t.typnamespace, aclexplode(t.typacl) a, ${grantable} where t.typacl is not null
    union all
    select m.member, 'become @owner' from pg_auth_members m join schema s on s.nspowner = m.roleid
  ),
  -- The groups of a database that is shared are named after its owner.
  belonging (roleid, member, may) as (
    select m.roleid, m.member, case
        when not m.inherit_option or m.set_option or m.admin_option then 'become ' || pg_get_userbyid(m.roleid)
        else 'belong to @owner' || substr(g.rolname, length(o.rolname) + 1) end
      from schema s join pg_roles o on o.oid = s.nspowner
      join pg_roles g on g.rolname in (o.rolname || '_serving', o.rolname || '_reading')
      join pg_auth_members m on m.roleid = g.oid and m.member <> s.nspowner
  ),
  holder as (
    select r.* from pg_roles r, schema s
    where r.oid <> s.nspowner and not (r.rolsuper or r.rolcreaterole)
      and (r.oid in (select grantee from permit) or r.oid in (select member from belonging))
  )
  select r.rolname::text as role, (
      select jsonb_agg(distinct f.may order by f.may) from (
        select p.may from permit p where p.grantee = r.oid
        union all select 'inherits' where r.rolinherit
        union all select 'create databases' where r.rolcreatedb
        union all select 'replicate' where r.rolreplication
        union all select 'bypass row security' where r.rolbypassrls
        union all select b.may from belonging b where b.member = r.oid
        union all select 'become ' || pg_get_userbyid(m.roleid) from pg_auth_members m, schema s
          where m.member = r.oid and m.roleid <> s.nspowner and m.roleid not in (select roleid from belonging)
        union all select 'begins with ' || c from pg_db_role_setting g
          join pg_database d on d.oid = g.setdatabase and d.datname = current_database(), unnest(g.setconfig) c
          where g.setrole = r.oid
      ) f (may)) as may
  from holder r`
