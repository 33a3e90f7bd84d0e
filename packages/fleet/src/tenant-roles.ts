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
