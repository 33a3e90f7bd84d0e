import type { ProvingLink } from '@tenantry/connections/pool'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import {
  identityQuestion,
  lacks,
  oldestServed,
  readsOnlyQuestion,
  versionQuestion,
  type DatabaseIdentity,
} from '@tenantry/tenant-db/proof'

/**
 * Asks a new connection whose database it reached, before any business statement. Throws TENANT_DATABASE_MISMATCH when it
 * is another tenant's, a copy of this tenant's, or no tenant database at all; TENANT_SCHEMA_BEHIND when it is the right
 * one but older than anything this release serves. Gives its newest migration.
 */
export async function proveIdentity(link: ProvingLink, expected: DatabaseIdentity): Promise<string> {
  // The login takes place with the first statement, and its refusals have the same states as an answer of the second.
  const [login, identity, version] = await Promise.allSettled([
    link.query('select 1'),
    link.query<DatabaseIdentity>(identityQuestion),
    link.query<{ tag: string }>(versionQuestion),
  ])
  if (login.status === 'rejected') throw login.reason
  assertIdentity(answerOf(identity), expected)
  const tag = answerOf(version)[0]?.tag
  if (tag === undefined || lacks(tag, oldestServed)) {
    throw new TenantryError('TENANT_SCHEMA_BEHIND', { detail: { version: tag ?? null, requires: oldestServed } })
  }
  return tag
}

/** Asks a new connection to a standby whether it still is one; gives how far it shows the log. Throws TENANT_DATABASE_MISMATCH. */
export async function proveStandby(link: ProvingLink): Promise<string> {
  const [found] = await link.query<{ standby: unknown; lsn: string | null }>(
    'select pg_is_in_recovery() as standby, pg_last_wal_replay_lsn()::text as lsn',
  )
  if (found?.standby !== true && found?.standby !== 't') throw mismatch('it is a replica that follows nobody any more')
  return found.lsn ?? '0/0'
}

/**
 * Asks a new connection of support access whether its role was let in to read. Throws CONFIGURATION_INVALID for any other
 * role, however well it would read: what promises to change nothing must not be able to.
 */
export async function proveReadsOnly(link: ProvingLink): Promise<void> {
  const [answer] = await Promise.allSettled([link.query<{ readsOnly: boolean }>(readsOnlyQuestion)])
  const [found] = answerOf(answer)
  if (found?.readsOnly === true) return
  throw new TenantryError('CONFIGURATION_INVALID', { message: 'The login of support access can do more than read.' })
}

/** No rows when the server was reached and refused the question. */
function answerOf<Row>(question: PromiseSettledResult<Row[]>): Row[] {
  if (question.status === 'fulfilled') return question.value
  if (isRefusal(question.reason)) return []
  throw question.reason
}

/** Unknown schema, table or function, no right to it, or no identity. */
function isRefusal(error: unknown): boolean {
  const state = isTenantryError(error)
    ? error.detail?.['sqlstate']
    : error instanceof Error && 'code' in error && error.code
  return typeof state === 'string' && /^(28|3F|42)/.test(state)
}

function assertIdentity([found]: DatabaseIdentity[], expected: DatabaseIdentity): void {
  if (found === undefined) throw mismatch('it serves no tenant to this role')
  if (found.tenantIdInDataSource !== expected.tenantIdInDataSource) throw mismatch('it is of another tenant')
  if (found.identity !== expected.identity) throw mismatch(differenceOf(found.identity, expected.identity))
}

/** Which of `<server>/<database>/<epoch>` gives a copy away. */
function differenceOf(found: string, expected: string): string {
  const [server, database, epoch] = found.split('/')
  const [expectedServer, expectedDatabase, expectedEpoch] = expected.split('/')
  if (server !== expectedServer) return 'it is a copy on another server'
  if (database !== expectedDatabase) return 'it is a copy on the same server'
  return Number(epoch) < Number(expectedEpoch) ? 'it is from before the last move' : 'it has moved since it was set up'
}

function mismatch(reason: string): TenantryError {
  return new TenantryError('TENANT_DATABASE_MISMATCH', { detail: { reason } })
}
