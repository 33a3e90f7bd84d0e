import { openAdminLink } from '@tenantry/connections/admin'
import type { ConnectionStep, DataSourceView } from '@tenantry/contracts/data-source'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { Config } from './config.ts'
import { proveIdentity } from './prove-identity.ts'
import { translateFailure } from './translate-failure.ts'

export interface ConnectionReport {
  test: DataSourceView['test']
  serverVersion: string | null
  schemaVersion: string | null
  /** Undefined when the data source could not be read or its credential not be opened. */
  config: Config | undefined
}

/** Walks the way of a first request on a connection of its own, one timed step after the other, up to the first failure. */
export async function testConnection(load: () => Promise<Config>, tenantId: string): Promise<ConnectionReport> {
  const steps: ConnectionStep[] = []
  const report = { serverVersion: null as string | null, schemaVersion: null as string | null }
  let config: Config | undefined
  const take = timed(steps)
  try {
    const loaded = await take('config', load)
    config = loaded
    await using link = await take('connect', () => openAdminLink(loaded.target, { connectMs: 2_000, statementMs: 2_000 }))
    await take('prove', () => proveIdentity({ query: link.run }, loaded.record.tenantIdInDataSource))
    const [versions] = await take('query', () => link.run<{ server: string }>(serverQuestion))
    report.serverVersion = versions?.server ?? null
    const [schema] = await link.run<{ tag: string }>(schemaQuestion).catch(() => [])
    report.schemaVersion = schema?.tag ?? null
    return { ...report, config, test: verdict(steps, undefined) }
  } catch (error) {
    return { ...report, config, test: verdict(steps, translateFailure(error, tenantId)) }
  }
}

const serverQuestion = `select current_setting('server_version') as server`
const schemaQuestion = 'select tag from crm.schema_migrations order by tag desc limit 1'

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

function verdict(steps: ConnectionStep[], failure: unknown): DataSourceView['test'] {
  const at = new Date().toISOString()
  if (failure === undefined) return { success: true, at, steps, code: null, message: null }
  const error = isTenantryError(failure) ? failure : new TenantryError('INTERNAL', { cause: failure })
  return { success: false, at, steps, code: error.code, message: error.message }
}
