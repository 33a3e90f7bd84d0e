import type { Target } from '@tenantry/connections/target'
import { parseTarget } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { open } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import type { DataSourceRecord } from './grant-desk.ts'

/** A data source that is ready to be connected to: its URL read, its credential open. */
export interface Config {
  tenantId: string
  record: DataSourceRecord
  target: Target
}

/** Opens the credential; throws CREDENTIAL_* or CONFIGURATION_INVALID. */
export function openConfig(keyring: Keyring, tenantId: string, record: DataSourceRecord): Config {
  const { user, password: misplaced, ...address } = parseTarget(record.url)
  if (user === undefined || misplaced !== undefined) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: "A data source's URL must name a role and must not hold a password.",
      detail: { tenantId },
    })
  }
  const secret = open(keyring, record.sealedAnonKey, { tenantId, column: 'data_source_anon_key' })
  const startup = { 'tenantry.tenant_id': record.tenantIdInDataSource }
  const target = { ...address, user, password: () => secret.reveal(), startup, applicationName: 'tenantry' }
  return { tenantId, record, target }
}
