import { openDatabase } from '@tenantry/connections/database'
import { openPool, type Pool, type PoolOptions } from '@tenantry/connections/pool'
import { parseTarget } from '@tenantry/connections/target'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { Keyring } from '@tenantry/credentials/keyring'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { Logger } from '@tenantry/telemetry/logger'
import { tenantReader, tenantWriter } from '@tenantry/tenant-db/open'
import type { TenantDb, TenantReader } from '@tenantry/tenant-db/types'
import { Breakers, type Operation } from './breakers.ts'
import { ConfigCache } from './config-cache.ts'
import { openConfig, type Config } from './config.ts'
import { testConnection } from './connection-test.ts'
import { examineGrant } from './examine-grant.ts'
import type { DataSourceRecord, GrantDesk, GrantFacts } from './grant-desk.ts'
import { PoolCache } from './pool-cache.ts'
import { proveIdentity } from './prove-identity.ts'
import { revocable } from './revocable-executor.ts'
import { isConfusion, translateFailure } from './translate-failure.ts'

export type { DataSourceRecord, GrantDesk, GrantFacts } from './grant-desk.ts'

export interface ManagerOptions<Grant extends object> {
  desk: GrantDesk<Grant>
  keyring: Keyring
  logger: Logger
  pool?: Omit<PoolOptions, 'max' | 'prove'>
  /** Tenants with open pools at most; beyond it the least recently used one goes. Default 500. */
  maxPools?: number
  /** Default 5,000. */
  breakerHalfOpenAfterMs?: number
}

/** The only door to a tenant's database. Reads may go to a nearer replica one day; the interface already tells them apart. */
export interface Manager<Grant extends object> extends AsyncDisposable {
  /** Reads, each statement by itself. The handle is dead when `work` ends (HANDLE_CLOSED). Throws TENANT_DATABASE_*. */
  withTenant<T>(grant: Grant, work: (db: TenantReader) => Promise<T>): Promise<T>
  /** One transaction. Throws TENANT_SUSPENDED for a grant that only reads. */
  withTenantWriter<T>(grant: Grant, work: (db: TenantDb) => Promise<T>): Promise<T>
  /** Connects anew, step by step; a failure is a result, not an exception. */
  testTenantConnection(grant: Grant): Promise<DataSourceView['test']>
  /** Where the tenant's data lives and how it is, with a fresh test. Throws TENANT_DATABASE_NOT_CONFIGURED. */
  getTenantConnectionInfo(grant: Grant): Promise<DataSourceView>
  /** Forgets what is known of the grant's tenant; work under way ends undisturbed. */
  clearTenantCache(grant: Grant): Promise<void>
  clearAllCaches(): Promise<void>
  /** Waits for the work under way. */
  close(): Promise<void>
}

export function openManager<Grant extends object>(options: ManagerOptions<Grant>): Manager<Grant> {
  return new DataSourceManager(options)
}

class DataSourceManager<Grant extends object> implements Manager<Grant> {
  readonly #options: ManagerOptions<Grant>
  readonly #configs = new ConfigCache()
  readonly #pools: PoolCache
  readonly #breakers: Breakers
  readonly #cleanUp: NodeJS.Timeout

  constructor(options: ManagerOptions<Grant>) {
    this.#options = options
    this.#pools = new PoolCache((config) => this.#openPool(config), options.maxPools ?? 500)
    this.#breakers = new Breakers(options.breakerHalfOpenAfterMs ?? 5_000)
    this.#cleanUp = setInterval(() => {
      this.#configs.purgeStale()
      this.#pools.purgeStale()
    }, 10 * 60_000).unref()
  }

  async withTenant<T>(grant: Grant, work: (db: TenantReader) => Promise<T>): Promise<T> {
    const facts = examineGrant(this.#options.desk, grant)
    return await this.#perform({ grant, facts, operation: 'read' }, async (pool) => {
      const { executor, revoke } = revocable(openDatabase(pool).reader)
      try {
        return await work(tenantReader(executor))
      } finally {
        revoke()
      }
    })
  }

  async withTenantWriter<T>(grant: Grant, work: (db: TenantDb) => Promise<T>): Promise<T> {
    const facts = examineGrant(this.#options.desk, grant)
    if (facts.access === 'read') throw new TenantryError('TENANT_SUSPENDED')
    return await this.#perform({ grant, facts, operation: 'write' }, (pool) =>
      openDatabase(pool).transaction((tx) => work(tenantWriter(tx, facts.actor))),
    )
  }

  async testTenantConnection(grant: Grant): Promise<DataSourceView['test']> {
    const { test } = await this.#test(grant, examineGrant(this.#options.desk, grant))
    return test
  }

  async getTenantConnectionInfo(grant: Grant): Promise<DataSourceView> {
    const facts = examineGrant(this.#options.desk, grant)
    const record = await this.#record(grant)
    const { host, port, database, tls } = parseTarget(record.url)
    const { test, serverVersion, schemaVersion } = await this.#test(grant, facts)
    const { placement, region, maxConnections } = record
    const stats = this.#pools.stats(facts.tenantId)
    const pool = stats && { max: maxConnections, open: stats.open, idle: stats.idle, waiting: stats.waiting }
    const breaker = this.#breakers.state(facts.tenantId)
    const address = { host, port, database, tls: typeof tls === 'string' ? tls : 'verify-full' }
    return { placement, region, ...address, serverVersion, schemaVersion, breaker, pool, test }
  }

  async clearTenantCache(grant: Grant): Promise<void> {
    const { tenantId } = examineGrant(this.#options.desk, grant)
    this.#configs.delete(tenantId)
    this.#pools.delete(tenantId)
    this.#breakers.delete(tenantId)
  }

  async clearAllCaches(): Promise<void> {
    this.#configs.clear()
    this.#pools.clear()
  }

  async close(): Promise<void> {
    clearInterval(this.#cleanUp)
    this.#configs.clear()
    await this.#pools.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #perform<T>(
    { grant, facts, operation }: { grant: Grant; facts: GrantFacts; operation: Operation },
    work: (pool: Pool) => Promise<T>,
  ): Promise<T> {
    try {
      const config = await this.#configs.get(facts.tenantId, facts.dataSourceVersion, () => this.#load(grant, facts))
      const breaker = this.#breakers.of(facts.tenantId, operation)
      return await breaker.execute(() => this.#pools.use(config, work))
    } catch (error) {
      const translated = translateFailure(error, facts.tenantId)
      await this.#raiseAlarm(grant, facts, translated)
      throw translated
    }
  }

  async #load(grant: Grant, facts: GrantFacts): Promise<Config> {
    return openConfig(this.#options.keyring, facts, await this.#record(grant))
  }

  async #record(grant: Grant): Promise<DataSourceRecord> {
    const record = await this.#options.desk.dataSource(grant)
    if (record === undefined) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
    return record
  }

  #test(grant: Grant, facts: GrantFacts): ReturnType<typeof testConnection> {
    return testConnection(() => this.#load(grant, facts), facts.tenantId)
  }

  #openPool({ target, record }: Config): Pool {
    return openPool(target, {
      ...this.#options.pool,
      max: record.maxConnections,
      prove: (link) => proveIdentity(link, record.tenantIdInDataSource),
    })
  }

  /** The refusal reaches the caller even when the audit log cannot be written; the log line says so then. */
  async #raiseAlarm(grant: Grant, { tenantId }: GrantFacts, error: unknown): Promise<void> {
    if (!isTenantryError(error) || !isConfusion(error.code)) return
    const { desk, logger } = this.#options
    logger.error({ alarm: error.code, tenantId, err: error }, 'A tenant was refused its database or credential')
    await desk.reportRefusal(grant, error.code).catch((err: unknown) => {
      logger.error({ tenantId, err }, 'The refusal could not be written to the audit log')
    })
  }
}
