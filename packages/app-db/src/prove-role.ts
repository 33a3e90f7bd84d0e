import type { ProvingLink } from '@tenantry/connections/pool'
import { TenantryError } from '@tenantry/errors'

/**
 * Asks a new connection what its role may do. With the rights of an owner or superuser the application would work just as
 * well, and nothing would stop it, or whoever takes it over, from rewriting the audit log. Throws CONFIGURATION_INVALID.
 */
export async function proveRole(link: ProvingLink): Promise<void> {
  const [role] = await link.query<{ excess: string | null }>(question)
  if (role?.excess == null) return
  throw new TenantryError('CONFIGURATION_INVALID', {
    message: `The application logs in to its database with too many rights: ${role.excess}. Let APP_DATABASE_URL name the role made for it.`,
  })
}

/** The first of the rights that are too many; null for a role as `grantApplicationRights` makes it. */
const question = `
  select case
    when r.rolsuper then 'the role is a superuser'
    when r.rolbypassrls or r.rolcreaterole or r.rolreplication then 'the role may do what only administrators should'
    when pg_has_role(r.oid, n.nspowner, 'member') then 'the role is or may become the owner of schema app'
    when has_schema_privilege(r.oid, n.oid, 'create') then 'the role may create in schema app'
    when has_table_privilege(r.oid, to_regclass('app.audit_log'), 'update, delete, truncate') then 'the role may change the audit log'
  end as excess
  from pg_roles r left join pg_namespace n on n.nspname = 'app'
  where r.rolname = session_user`
