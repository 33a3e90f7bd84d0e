/**
 * Everything Postgres knows about schema `crm`, as rows of `kind`, `name` and `definition` (jsonb). What differs by design
 * between two healthy databases is left out or named alike: the owner is `@owner`, the roles of tenants have a query of
 * their own, the order of columns and the names of NOT NULL constraints (which older servers do not have) do not count.
 *
 * To be run with `search_path = pg_catalog`, so that every other name in a definition is written in full.
 */
export const catalogueQuery = `
  with schema as (select oid, nspowner, nspacl from pg_namespace where nspname = 'crm'),
  relation as (
    select c.oid, c.relname::text as name, c.relkind, c.relowner, c.relacl, c.relpersistence, c.reloptions,
      c.relrowsecurity, c.relforcerowsecurity
    from pg_class c, schema s where c.relnamespace = s.oid and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
  ),
  routine as (select p.* from pg_proc p, schema s where p.pronamespace = s.oid),
  kind as (
    select t.* from pg_type t, schema s where t.typnamespace = s.oid
      and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and exists (
        select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
  ),
  grants as (
    select 'table ' || r.name as object, a.* from relation r,
      aclexplode(coalesce(r.relacl, acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner))) a
    union all
    select 'column ' || r.name || '.' || c.attname, a.* from relation r
      join pg_attribute c on c.attrelid = r.oid and c.attacl is not null, aclexplode(c.attacl) a
    union all
    select 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', a.*
      from routine p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    union all
    select 'type ' || t.typname, a.* from kind t, aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) a
    union all
    select 'schema crm', a.* from schema s, aclexplode(coalesce(s.nspacl, acldefault('n', s.nspowner))) a
    union all
    select 'database', a.* from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where d.datname = current_database() and a.grantee = 0
  ),
  item (kind, name, definition) as (
    select 'table', r.name, jsonb_build_object('rowSecurity', r.relrowsecurity, 'forced', r.relforcerowsecurity,
        'persistence', r.relpersistence, 'options', r.reloptions, 'owner', ${owner('r.relowner')})
      from relation r, schema s where r.relkind in ('r', 'p', 'f')
    union all
    select case r.relkind when 'v' then 'view' else 'materialized view' end, r.name,
        jsonb_build_object('query', pg_get_viewdef(r.oid), 'options', r.reloptions, 'owner', ${owner('r.relowner')})
      from relation r, schema s where r.relkind in ('v', 'm')
    union all
    select 'sequence', r.name, jsonb_build_object('type', format_type(q.seqtypid, null), 'start', q.seqstart::text,
        'increment', q.seqincrement::text, 'min', q.seqmin::text, 'max', q.seqmax::text, 'cache', q.seqcache::text, 'cycle', q.seqcycle,
        'owner', ${owner('r.relowner')})
      from relation r join pg_sequence q on q.seqrelid = r.oid, schema s
      where not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = r.oid and d.deptype = 'i')
    union all
    select 'column', r.name || '.' || a.attname, jsonb_build_object('type', format_type(a.atttypid, a.atttypmod),
        'notNull', a.attnotnull, 'default', pg_get_expr(d.adbin, d.adrelid), 'generated', a.attgenerated,
        'identity', a.attidentity, 'collation', case when a.attcollation <> t.typcollation then
          (select quote_ident(cn.nspname) || '.' || quote_ident(c.collname) from pg_collation c
            join pg_namespace cn on cn.oid = c.collnamespace where c.oid = a.attcollation) end)
      from relation r
      join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
      -- The ledger keeps the text of migrations only since that has been wanted.
      where r.relkind in ('r', 'p', 'f') and not (r.name = 'schema_migrations' and a.attname = 'script')
    union all
    select 'constraint', r.name || '.' || c.conname, jsonb_build_object('type', c.contype, 'is', pg_get_constraintdef(c.oid))
      from relation r join pg_constraint c on c.conrelid = r.oid
      where c.contype in ('p', 'u', 'x', 'c', 'f') and c.conparentid = 0
    union all
    select 'index', i.relname, jsonb_build_object('table', r.name, 'is', pg_get_indexdef(i.oid), 'valid', x.indisvalid)
      from relation r join pg_index x on x.indrelid = r.oid join pg_class i on i.oid = x.indexrelid
      where not exists (select from pg_constraint c where c.conindid = i.oid and c.contype in ('p', 'u', 'x'))
    union all
    select 'trigger', r.name || '.' || t.tgname, jsonb_build_object('is', pg_get_triggerdef(t.oid), 'enabled', t.tgenabled)
      from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
    union all
    select 'disabled check', r.name || '.' || c.conname, jsonb_build_object('enabled', jsonb_agg(t.tgenabled order by t.tgname))
      from relation r join pg_trigger t on t.tgrelid = r.oid join pg_constraint c on c.oid = t.tgconstraint
      where t.tgisinternal and t.tgenabled <> 'O' group by r.name, c.conname
    union all
    select 'rule', r.name || '.' || w.rulename, jsonb_build_object('is', pg_get_ruledef(w.oid), 'enabled', w.ev_enabled)
      from relation r join pg_rewrite w on w.ev_class = r.oid where w.rulename <> '_RETURN'
    union all
    select 'policy', r.name || '.' || p.polname, jsonb_build_object('permissive', p.polpermissive, 'for', p.polcmd,
        'to', (select jsonb_agg(case when o = 0 then 'public' else ${owner('o')} end order by 1) from unnest(p.polroles) o),
        'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
      from relation r join pg_policy p on p.polrelid = r.oid, schema s
    union all
    select 'function', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', jsonb_build_object(
        'is', case when p.prokind in ('f', 'p') then pg_get_functiondef(p.oid) else p.prosrc end,
        'kind', p.prokind, 'owner', ${owner('p.proowner')})
      from routine p, schema s
    union all
    select 'type', t.typname, jsonb_build_object('kind', t.typtype, 'owner', ${owner('t.typowner')},
        'labels', (select jsonb_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
        'fields', (select jsonb_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attnum)
          from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
        'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
        'notNull', t.typnotnull, 'default', t.typdefault,
        'checks', (select jsonb_object_agg(c.conname, pg_get_constraintdef(c.oid)) from pg_constraint c
          where c.contypid = t.oid and c.contype = 'c'))
      from kind t, schema s
    union all
    select 'grant', g.object || ' to ' || case when g.grantee = 0 then 'public' else '@owner' end,
        jsonb_agg(g.privilege_type || case when g.is_grantable then ' with grant option' else '' end
          order by g.privilege_type)
      from grants g, schema s where g.grantee in (0, s.nspowner) group by g.object, g.grantee
    union all
    select 'default privilege', d.defaclobjtype::text || case when d.defaclnamespace = 0 then '' else ' in crm' end,
        (select jsonb_agg(case when a.grantee = 0 then 'public' else ${owner('a.grantee')} end || ' ' || a.privilege_type
          order by 1) from aclexplode(d.defaclacl) a)
      from pg_default_acl d, schema s where d.defaclrole = s.nspowner and d.defaclnamespace in (0, s.oid)
  )
  select kind, name, definition from item`

function owner(role: string): string {
  return `case when ${role} = s.nspowner then '@owner' else pg_get_userbyid(${role})::text end`
}
