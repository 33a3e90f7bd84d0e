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
