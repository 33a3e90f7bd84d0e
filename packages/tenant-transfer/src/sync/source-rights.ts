import { TenantryError } from '@tenantry/errors'
import { legacyTableNames } from '../legacy/columns.ts'
import type { Sides } from '../sides.ts'

/**
 * After the move the login that serves requests has nothing to look for in the old tables. The rows themselves are shut by
 * policy and trigger, for everybody but a superuser, from the commit that switched over. What it could do is noted beside the
 * tables, in the same transaction, so that going back can give it back.
 */
export async function revokeSource({ control }: Sides, applicationRole: string): Promise<void> {
  const [role] = await control.run<{ ident: string; literal: string }>(
    'select quote_ident($1) as ident, quote_literal($1) as literal',
    [applicationRole],
  )
  if (role === undefined) return
  await control.run(`${notes};
    insert into public.tenantry_revoked_rights (role, table_name, column_name, privilege, is_grantable)
      select ${role.literal}, c.relname, '', a.privilege_type, a.is_grantable
        from pg_class c cross join aclexplode(c.relacl) a where c.oid in (${oids}) and a.grantee = ${role.literal}::regrole
      union all
      select ${role.literal}, c.relname, t.attname, a.privilege_type, a.is_grantable
        from pg_class c join pg_attribute t on t.attrelid = c.oid cross join aclexplode(t.attacl) a
        where c.oid in (${oids}) and a.grantee = ${role.literal}::regrole
      on conflict do nothing;
    revoke all on ${tables} from ${role.ident}`)
}

/** The old system is in charge of a company again: gives back what was taken for it, or for one that moved before it. */
export async function restoreSource({ control }: Sides): Promise<void> {
  await control.run(`${notes};
    do $$ declare taken record; begin
      for taken in select r.* from public.tenantry_revoked_rights r join pg_roles on rolname = r.role loop
        execute format('grant %s%s on public.%I to %I%s', taken.privilege,
          case when taken.column_name = '' then '' else format(' (%I)', taken.column_name) end, taken.table_name, taken.role,
          case when taken.is_grantable then ' with grant option' else '' end);
      end loop;
      delete from public.tenantry_revoked_rights;
    end $$`)
}

/**
 * A login that passes row security would go on reading the old rows after the switch, as if they were in charge. Throws
 * CONFLICT.
 */
export async function assertHeldByPolicies({ control }: Sides, applicationRole: string): Promise<void> {
  const found = await control.run('select from pg_roles where rolname = $1 and (rolsuper or rolbypassrls)', [
    applicationRole,
  ])
  if (found.length === 0) return
  throw new TenantryError('CONFLICT', {
    message: `The login that serves requests (${applicationRole}) is a superuser or passes row security: it would go on reading the old rows. Take that from it first.`,
  })
}

const tables = legacyTableNames.map((table) => `public.${table}`).join(', ')
const oids = legacyTableNames.map((table) => `'public.${table}'::regclass`).join(', ')

/** Only superusers see it or write to it. */
const notes = `create table if not exists public.tenantry_revoked_rights (role name, table_name name, column_name name,
  privilege text, is_grantable boolean not null, primary key (role, table_name, column_name, privilege))`
