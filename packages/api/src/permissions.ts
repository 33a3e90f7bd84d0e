import type { Permission } from '@tenantry/contracts/roles'

/**
 * What a procedure asks of its caller: a permission of their role, only that it is their own sign-in (`self`), or that they
 * run this installation (`operator`), which no role of any company includes.
 */
export type ProcedurePermission = Permission | 'self' | 'operator'

export interface Meta {
  permission: ProcedurePermission
  /**
   * The newest migration of the tenant database that the procedure's statements need, when that is more than every database
   * has that is served. A tenant who does not have it yet is answered TENANT_SCHEMA_BEHIND.
   */
  requires?: string
}
