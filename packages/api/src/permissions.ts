import type { Permission } from '@tenantry/contracts/roles'
import type { z } from 'zod'

/**
 * What a procedure asks of its caller: a permission of their role, only that it is their own sign-in (`self`), that they run
 * this installation (`operator`), which no role of any company includes, or a public link (`link`).
 */
export type ProcedurePermission = Permission | 'self' | 'operator' | 'link'

export interface Meta {
  permission: ProcedurePermission
  /**
   * The newest migration of the tenant database that the procedure's statements need, when that is more than every database
   * has that is served. A tenant who does not have it yet is answered TENANT_SCHEMA_BEHIND.
   */
  requires?: string
  /** What it is asked with, as its builder has parsed it. For documents; nothing is parsed by it here. */
  input?: z.ZodType
  /** What it answers with, as its builder was told. For documents alone: answers are not parsed. */
  output?: z.ZodType
}
