import type { Target } from '@tenantry/connections/target'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import { openLogger } from '@tenantry/telemetry/logger'
import type { TestTenant } from '@tenantry/testing/tenant-database'
import { randomUUID } from 'node:crypto'
import { openManager, type DataSourceRecord, type ManagerOptions, type GrantDesk, type GrantFacts } from './manager.ts'

/** A grant as the application database mints it: genuine by identity, not by what it looks like. */
export class Grant {
  readonly #genuine = true

  static isGenuine(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #genuine in value && value.#genuine
  }
}

export const keyring = parseKeyring(`k1:${Buffer.alloc(32, 1).toString('base64')}`)

/** Plays the application database: mints grants, keeps data sources, remembers what was reported. */
export class TestDesk implements GrantDesk<Grant> {
  readonly reported: ErrorCode[] = []
  readonly #facts = new WeakMap<Grant, GrantFacts>()
  readonly #records = new Map<string, DataSourceRecord>()
  loads = 0

  /** A tenant of the application whose data source is at `target`. */
  admit(target: Target, tenantIdInDataSource: string, changes: Partial<DataSourceRecord> = {}): string {
    const tenantId = randomUUID()
    const { user, host, port, database, password } = target
    this.#records.set(tenantId, {
      placement: 'dedicated',
      region: 'here',
      url: `postgres://${user}@${host}:${port}/${database}?sslmode=disable`,
      sealedAnonKey: seal(keyring, password(), { tenantId, column: 'data_source_anon_key' }),
      tenantIdInDataSource,
      maxConnections: 4,
      ...changes,
    })
    return tenantId
  }

  admitTenant({ app, tenantIdInDataSource }: TestTenant): string {
    return this.admit(app, tenantIdInDataSource)
  }

  record(tenantId: string): DataSourceRecord {
    const record = this.#records.get(tenantId)
    if (record === undefined) throw new Error('no such tenant')
    return record
  }

  grant(tenantId: string, changes: Partial<GrantFacts> = {}): Grant {
    const grant = new Grant()
    const actor = { id: null, kind: 'system', requestId: 'test' } as const
    const expiresAt = new Date(Date.now() + 60_000)
    this.#facts.set(grant, { tenantId, actor, access: 'write', dataSourceVersion: '1', expiresAt, ...changes })
    return grant
  }

  facts(grant: Grant): GrantFacts {
    const facts = Grant.isGenuine(grant) ? this.#facts.get(grant) : undefined
    if (facts === undefined) throw new TenantryError('GRANT_REFUSED')
    return facts
  }

  async dataSource(grant: Grant): Promise<DataSourceRecord | undefined> {
    this.loads++
    return this.#records.get(this.facts(grant).tenantId)
  }

  async reportRefusal(_: Grant, code: ErrorCode): Promise<void> {
    this.reported.push(code)
  }
}

/** Data sources with short deadlines, over a desk of their own. */
export function openTestDataSources(options: Partial<ManagerOptions<Grant>> = {}) {
  const desk = new TestDesk()
  const logger = openLogger({ level: 'silent' })
  const pool = { connectMs: 500, acquireMs: 800, statementMs: 800 }
  return { desk, dataSources: openManager({ desk, keyring, logger, pool, ...options }) }
}
