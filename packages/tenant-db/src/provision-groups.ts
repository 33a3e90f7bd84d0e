import type { AdminRun } from '@tenantry/connections/admin'
import { identifier, ownerScript } from './provision-roles.ts'

/** Roles without login that hold the rights in a database which many tenants share; its logins are their members. */
export function loginGroupsOf(ownerRole: string): { serving: string; reading: string } {
  return { serving: `${ownerRole}_serving`, reading: `${ownerRole}_reading` }
}

/**
 * Gives a migrated database its groups, so that a tenant more adds nothing to the rights of its tables, and makes members of
 * the logins that were let in before, in one transaction. Does nothing to a database that has them. As a superuser.
 */
export async function ensureLoginGroups(run: AdminRun, ownerRole: string): Promise<void> {
  const [found] = await run<{ present: boolean }>(
    `select crm.group_of('serving') is not null and crm.group_of('reading') is not null as present`,
  )
  if (found?.present !== true) await run(`${groupsScript(ownerRole)}; call crm.gather_logins()`)
}

/** The statements that make the groups; logins that have rights of their own keep them. */
export function groupsScript(ownerRole: string): string {
  const { serving, reading } = loginGroupsOf(ownerRole)
  return [
    // Of two who give a database its groups at once, the second one finds them.
    `select pg_advisory_xact_lock(hashtextextended('${serving}', 0))`,
    ownerScript(serving),
    ownerScript(reading),
    // The owner takes logins in and lets them go; by that it has none of the groups' rights.
    ...[serving, reading].map(
      (group) => `grant ${identifier(group)} to ${identifier(ownerRole)} with admin true, inherit false, set false`,
    ),
    `call crm.grant_serving_rights('${serving}'::name)`,
    `call crm.grant_reading_rights('${reading}'::name)`,
  ].join('; ')
}
