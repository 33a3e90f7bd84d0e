/** Roles belong to the whole server, so a tenant's are named after the one id that is unique there. */
export function appRoleOf(tenantIdInDataSource: string): string {
  return `tenant_${tenantIdInDataSource.replaceAll('-', '').slice(0, 16)}`
}

/** The login of fleet and transfer. */
export function serviceRoleOf(appRole: string): string {
  return `${appRole}_service`
}

/** The login of support access. */
export function supportRoleOf(tenantIdInDataSource: string): string {
  return `${appRoleOf(tenantIdInDataSource)}_support`
}

/** The two names of a login take turns while its password rotates, so that a tenant's roles can be told by their names for ever. */
export function otherNameOf(role: string): string {
  return role.endsWith(turn) ? role.slice(0, -turn.length) : `${role}${turn}`
}

const turn = '_b'

/**
 * Every name that a login of a tenant may have on a server, in both turns: also one that a change of password which was
 * killed has made and nothing names. `appRole` is the one of its data source.
 */
export function rolesOf(tenantIdInDataSource: string, appRole: string): string[] {
  const serving = inBothTurns([appRoleOf(tenantIdInDataSource), appRole])
  const others = [...serving.map(serviceRoleOf), supportRoleOf(tenantIdInDataSource)]
  return [...new Set([...serving, ...inBothTurns(others)])]
}

function inBothTurns(roles: readonly string[]): string[] {
  return roles.flatMap((role) => [role, otherNameOf(role)])
}
