import type { Permission } from '@tenantry/contracts/roles'

/** What a procedure asks of its caller: a permission of their role, or only that it is their own sign-in (`self`). */
export type ProcedurePermission = Permission | 'self'

export interface Meta {
  permission: ProcedurePermission
}
