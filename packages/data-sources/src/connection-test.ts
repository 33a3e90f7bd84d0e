import type { AdminLink } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { ConnectionStep, DataSourceView } from '@tenantry/contracts/data-source'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { versionQuestion } from '@tenantry/tenant-db/proof'
import type { Config } from './config.ts'
import type { DataSourceRecord } from './grant-desk.ts'
import { proveIdentity } from './prove-identity.ts'
import { translateFailure } from './translate-failure.ts'

export interface ConnectionTest {
  tenantId: string
  record(): Promise<DataSourceRecord>
  open(record: DataSourceRecord): Config
  deadlines(record: DataSourceRecord): Deadlines
  connect(target: Target, patience: Required<Deadlines>): Promise<AdminLink>
  /** Left out, the size of the database is not asked for: the server looks at each of some thousand files. */
  withSize?: boolean
}

interface Deadlines {
  connectMs?: number
  statementMs?: number
}

export interface ConnectionReport {
  test: DataSourceView['test']
  serverVersion: string | null
  schemaVersion: string | null
  databaseBytes: number | null
  /** How far the log of a primary had come. */
  lsn: string | null
  /** What ended the test, when it failed. */
  failure: TenantryError | undefined
}

/** Walks the way of a first request on a connection of its own, one timed step after the other, up to the first failure. */
export async function testConnection({
  tenantId,
  record: read,
  open,
  deadlines,
  connect,
  withSize = false,
}: ConnectionTest): Promise<ConnectionReport> {
  const steps: ConnectionStep[] = []
  const take = timed(steps)
  const at = new Date().toISOString()
  try {
    const record = await take('config', read)
    const { target } = await take('open', async () => open(record))
    await using link = await take('connect', () => connect(target, patienceOf(deadlines(record))))
    await take('prove', () => proveIdentity({ query: link.run }, record))
    const [found] = await take('query', () => link.run<Versions>(versionsQuestion(withSize)))
    const test = { success: true, at, steps, code: null, message: null }
    const { server = null, schema = null, bytes, lsn = null } = found ?? {}
    const databaseBytes = bytes == null ? null : Number(bytes)
    return { test, serverVersion: server, schemaVersion: schema, databaseBytes, lsn, failure: undefined }
  } catch (error) {
    const failure = asTenantryError(translateFailure(error, tenantId))
    const test = { success: false, at, steps, code: failure.code, message: failure.message }
    const version = failure.code === 'TENANT_SCHEMA_BEHIND' ? failure.detail?.['version'] : undefined
    const schemaVersion = typeof version === 'string' ? version : null
    return { test, serverVersion: null, schemaVersion, databaseBytes: null, lsn: null, failure }
  }
}

/** Somebody is watching the page. */
const defaultMs = 2_000

/** As long as a request would wait to get in, and not longer than somebody watches for the answers. */
export function patienceOf({ connectMs = defaultMs, statementMs = defaultMs }: Deadlines): Required<Deadlines> {
  return { connectMs, statementMs: Math.min(statementMs, defaultMs) }
}

interface Versions extends Record<string, string | null> {
  server: string
  schema: string
  bytes: string | null
  lsn: string | null
}

const versionsQuestion = (withSize: boolean) => `
  select current_setting('server_version') as server, (${versionQuestion}) as schema,
  ${withSize ? 'pg_database_size(current_database())::text' : 'null'} as bytes,
  case when pg_is_in_recovery() then null else pg_current_wal_insert_lsn()::text end as lsn`

function timed(steps: ConnectionStep[]) {
  return async <T>(step: ConnectionStep['step'], work: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    let ok = false
    try {
      const result = await work()
      ok = true
      return result
    } finally {
      steps.push({ step, ok, milliseconds: performance.now() - began })
    }
  }
}

function asTenantryError(error: unknown): TenantryError {
  return isTenantryError(error) ? error : new TenantryError('INTERNAL', { cause: error })
}
