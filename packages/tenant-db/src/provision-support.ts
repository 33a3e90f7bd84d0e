import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { supportScript, type TenantLogin } from './provision.ts'

export interface SupportAdmission {
  /** The tenant's id in this database, not the application's. */
  tenantIdInDataSource: string
  /** Reads rows of its own tenant, and may do nothing else. */
  support: TenantLogin
}

/**
 * Lets support access into a database that serves the tenant already: one more login of the same identity, under the same
 * row security, with SELECT and no other right. Runs twice without harm; an existing role gets the given password.
 */
export async function addSupportLogin(admin: Target, support: SupportAdmission): Promise<void> {
  await withAdminConnection(admin, (run) => run(supportScript(admin.database, support)))
}
