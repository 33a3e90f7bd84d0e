import type { AppDb } from '@tenantry/app-db/types'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Keyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { addSupportLogin } from '@tenantry/tenant-db/provision-support'
import { randomBytes } from 'node:crypto'
import { supportRoleOf } from './tenant-roles.ts'

export interface SupportLoginOptions {
  appDb: AppDb
  /** Seals the generated password under its first key. */
  keyring: Keyring
  /** Who the audit log will name. */
  operatorName: string
  tenant: { id: TenantId; slug: string }
  tenantIdInDataSource: string
  /** The login it has, when it has one: its name changes with its password. */
  current?: string | undefined
  /** An administrator on the tenant's database. */
  admin: Target
}

/**
 * Gives a tenant that has its database the login of support access, which can only read. Run again it gives the login a
 * new password; whoever reads with the old one goes on until their connection ends.
 */
export async function ensureSupportLogin(options: SupportLoginOptions): Promise<{ role: string }> {
  const { appDb, keyring, operatorName, tenant, tenantIdInDataSource, admin } = options
  const role = options.current ?? supportRoleOf(tenantIdInDataSource)
  const password = randomBytes(24).toString('base64url')
  await addSupportLogin(admin, { tenantIdInDataSource, support: { role, password } })
  const sealedKey = seal(keyring, password, { tenantId: tenant.id, column: 'data_source_support_key' })
  await appDb.tenants.setSupportLogin(operatorName, tenant.slug, { role, sealedKey })
  return { role }
}
