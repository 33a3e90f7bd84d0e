import type { Target } from '@tenantry/connections/target'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import { openLogger } from '@tenantry/telemetry/logger'
import type { TestTenant } from '@tenantry/testing/tenant-database'
import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import {
  openManager,
  type DataSourceRecord,
  type ManagerOptions,
  type GrantDesk,
  type GrantFacts,
  type Refusal,
} from './manager.ts'

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
  readonly reasons: (string | undefined)[] = []
  readonly #facts = new WeakMap<Grant, GrantFacts>()
  readonly #records = new Map<string, DataSourceRecord>()
  loads = 0

  /** A tenant of the application whose data source is `tenant`'s, except for what is said otherwise. */
  admit(
    tenant: TestTenant,
    { app: at = {}, ...changes }: { app?: Partial<Target> } & Partial<DataSourceRecord> = {},
  ): string {
    const tenantId = randomUUID()
    const { tenantIdInDataSource, identity } = tenant
    const { user, host, port, database, password } = { ...tenant.app, ...at }
    this.#records.set(tenantId, {
      placement: 'dedicated',
      region: 'here',
      url: `postgres://${user}@${host}:${port}/${database}?sslmode=disable`,
      sealedAnonKey: seal(keyring, password(), { tenantId, column: 'data_source_anon_key' }),
      version: 1,
      status: 'active',
      tenantIdInDataSource,
      identity,
      replicas: [],
      readOnlyFallback: false,
      pool: { max: 4 },
      ...changes,
    })
    return tenantId
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
    this.#facts.set(grant, {
      tenantId,
      actor,
      access: 'write',
      login: 'serving',
      limits: null,
      exportLimits: null,
      dataSourceVersion: 1,
      expiresAt,
      ...changes,
    })
    return grant
  }

  facts(grant: Grant): GrantFacts {
    const facts = Grant.isGenuine(grant) ? this.#facts.get(grant) : undefined
    if (facts === undefined) throw new TenantryError('GRANT_REFUSED')
    return facts
  }

  async dataSource(grant: Grant): Promise<DataSourceRecord | undefined> {
    this.loads++
    const record = this.#records.get(this.facts(grant).tenantId)
    return record && { ...record }
  }

  async reportRefusal(_: Grant, { code, reason }: Refusal): Promise<void> {
    this.reported.push(code)
    this.reasons.push(reason)
  }
}

/** Data sources with short deadlines, over a desk of their own; closed with the test. */
export function openTestDataSources(options: Partial<ManagerOptions<Grant>> = {}) {
  const desk = new TestDesk()
  const logger = openLogger({ level: 'silent' })
  const pool = { connectMs: 1_500, acquireMs: 2_000, statementMs: 2_000 }
  const dataSources = openManager({ desk, keyring, logger, pool, ...options })
  onTestFinished(() => dataSources.close())
  return { desk, dataSources }
}
