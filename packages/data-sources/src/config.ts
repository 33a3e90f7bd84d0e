import type { Guard } from '@tenantry/connections/database'
import type { Target } from '@tenantry/connections/target'
import { parseTarget } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { open, type CredentialColumn } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import { epochGuard } from '@tenantry/tenant-db/epoch'
import type { DataSourceRecord, Login } from './grant-desk.ts'
import { Replica } from './replica.ts'

/** A data source that is ready to be connected to: its URL read, its credential open. */
export interface Config {
  tenantId: string
  login: Login
  /** Of its pool: the tenant's id and the login, and for a standby its address behind them. */
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

/** Under which a config and its pool are kept: connections of the one login are never lent to work for the other. */
export function keyOf({ tenantId, login }: { tenantId: string; login: Login }): string {
  return login === 'serving' ? tenantId : `${tenantId} ${login}`
}

/** Everything under which something of a tenant is kept. */
export function keysOf(tenantId: string): string[] {
  return logins.map((login) => keyOf({ tenantId, login }))
}

const logins: readonly Login[] = ['serving', 'support']

/** Opens the credential; throws CREDENTIAL_*, CONFIGURATION_INVALID, or TENANT_DATABASE_NOT_CONFIGURED without such a login. */
export function openConfig(
  keyring: Keyring,
  { tenantId, login }: { tenantId: string; login: Login },
  record: DataSourceRecord,
): Config {
  const { user: servingRole, password: misplaced, ...address } = parseTarget(record.url)
  if (servingRole === undefined || misplaced !== undefined) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: "A data source's URL must name a role and must not hold a password.",
      detail: { tenantId },
    })
  }
  const { user, sealed, column } = credentialOf(login, record, servingRole)
  const secret = open(keyring, sealed, { tenantId, column })
  const startup = { 'tenantry.tenant_id': record.tenantIdInDataSource }
  const credentials = { user, password: () => secret.reveal(), startup, applicationName: 'tenantry' }
  const guard = epochGuard(record.identity)
  const server = record.identity.slice(0, record.identity.indexOf('/'))
  const key = keyOf({ tenantId, login })
  const common = { tenantId, login, record, guard, server }
  const replicas = record.replicas.map(({ url, region }) => {
    const { host, port, database, tls } = parseTarget(url)
    if (database !== address.database) throw otherDatabase(tenantId)
    const target = { host, port, database, tls, ...credentials }
    const config: Config = { ...common, key: `${key} ${host}:${port}`, target, replicas: [] }
    const replica = new Replica(config, region)
    config.onConnected = (lsn) => replica.connected(lsn)
    return replica
  })
  return { ...common, key, target: { ...address, ...credentials }, replicas }
}

function otherDatabase(tenantId: string): TenantryError {
  return new TenantryError('CONFIGURATION_INVALID', {
    message: "A replica's address must name the same database as the data source.",
    detail: { tenantId },
  })
}

function credentialOf(
  login: Login,
  record: DataSourceRecord,
  servingRole: string,
): { user: string; sealed: string; column: CredentialColumn } {
  switch (login) {
    case 'serving':
      return { user: servingRole, sealed: record.sealedAnonKey, column: 'data_source_anon_key' }
    case 'support':
      if (record.support === undefined) {
        throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED', { detail: { reason: 'no login that can only read' } })
      }
      return { user: record.support.role, sealed: record.support.sealedKey, column: 'data_source_support_key' }
  }
}
