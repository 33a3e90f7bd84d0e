import type { Guard } from '@tenantry/connections/database'
import type { Target } from '@tenantry/connections/target'
import { parseTarget } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { open } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import { epochGuard } from '@tenantry/tenant-db/epoch'
import type { DataSourceRecord } from './grant-desk.ts'
import { Replica } from './replica.ts'

/** A data source that is ready to be connected to: its URL read, its credential open. */
export interface Config {
  tenantId: string
  /** Of its pool: the tenant's id, and for a standby its address behind it. */
  key: string
  record: DataSourceRecord
  target: Target
  /** What the tenant's transactions must find, or they write nothing. */
  guard: Guard
  /** Of the server, as the data source remembers it. */
  server: string
  replicas: Replica[]
  /** Of a standby: what a new connection found. */
  onConnected?: (lsn: string) => void
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
  const login = { user, password: () => secret.reveal(), startup, applicationName: 'tenantry' }
  const guard = epochGuard(record.identity)
  const server = record.identity.slice(0, record.identity.indexOf('/'))
  const common = { tenantId, record, guard, server }
  const replicas = record.replicas.map(({ url, region }) => {
    const { host, port, database, tls } = parseTarget(url)
    if (database !== address.database) throw otherDatabase(tenantId)
    const target = { host, port, database, tls, ...login }
    const config: Config = { ...common, key: `${tenantId} ${host}:${port}`, target, replicas: [] }
    const replica = new Replica(config, region)
    config.onConnected = (lsn) => replica.connected(lsn)
    return replica
  })
  return { ...common, key: tenantId, target: { ...address, ...login }, replicas }
}

function otherDatabase(tenantId: string): TenantryError {
  return new TenantryError('CONFIGURATION_INVALID', {
    message: "A replica's address must name the same database as the data source.",
    detail: { tenantId },
  })
}
