import { openDatabase, type Database } from '@tenantry/connections/database'
import { openPool, type Pool, type PoolOptions, type ProvingLink } from '@tenantry/connections/pool'
import { parseTarget } from '@tenantry/connections/target'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { Keyring } from '@tenantry/credentials/keyring'
import { TenantryError } from '@tenantry/errors'
import type { Logger } from '@tenantry/telemetry/logger'
import { tenantReader, tenantWriter } from '@tenantry/tenant-db/open'
import type { Actor, TenantDb, TenantReader } from '@tenantry/tenant-db/types'
import { Alarm } from './alarm.ts'
import { Breakers, type Operation } from './breakers.ts'
import { ConfigCache } from './config-cache.ts'
import { openConfig, type Config } from './config.ts'
import { testConnection, type ConnectionReport } from './connection-test.ts'
import { examineGrant } from './examine-grant.ts'
import type { DataSourceRecord, GrantDesk, GrantFacts } from './grant-desk.ts'
import { PoolCache } from './pool-cache.ts'
import { proveIdentity } from './prove-identity.ts'
import { revocable } from './revocable-executor.ts'
import type { DataSourceClass, DataSourceStatistics } from './statistics.ts'
import { SchemaVersions } from './schema-versions.ts'
import { translateFailure } from './translate-failure.ts'
import { UnderWay } from './under-way.ts'
import { WorkMeter } from './work-meter.ts'

export type { DataSourceRecord, GrantDesk, GrantFacts, Refusal } from './grant-desk.ts'

export interface ManagerOptions<Grant extends object> {
  desk: GrantDesk<Grant>
  keyring: Keyring
  logger: Logger
  /** For what a tenant's own `connection_pool_config` does not say. */
  pool?: Omit<PoolOptions, 'prove'>
  /** Tenants with open pools at most; beyond it the least recently used one goes. Default 500. */
  maxPools?: number
  /** Default 5,000. */
  breakerHalfOpenAfterMs?: number
  /** An opened data source is read again after this. Default 5 minutes. */
  configTtlMs?: number
  /** A tenant's pool is closed this long after its last use. Default 1 hour. */
  poolTtlMs?: number
  /** How often what is over is looked for. Default 10 minutes. */
  cleanUpEveryMs?: number
}

/** What work asks of the database beyond what every database has that is served. */
export interface Needs {
  /** A migration; without it in the database the work is not begun, and TENANT_SCHEMA_BEHIND is the answer. */
  requires?: string | undefined
}

/** The only door to a tenant's database. Reads may go to a nearer replica one day; the interface already tells them apart. */
export interface Manager<Grant extends object> extends AsyncDisposable {
  /** Reads, each statement by itself. The handle is dead when `work` ends (HANDLE_CLOSED). Throws TENANT_DATABASE_*. */
  withTenant<T>(grant: Grant, work: (db: TenantReader) => Promise<T>, needs?: Needs): Promise<T>
  /** One transaction. Throws TENANT_SUSPENDED for a grant that only reads. */
  withTenantWriter<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, needs?: Needs): Promise<T>
  /**
   * The same for work of one statement, which is committed when its promise resolves: one round trip instead of two. A
   * second statement is refused (HANDLE_CLOSED).
   */
  withTenantStatement<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, needs?: Needs): Promise<T>
  /** Connects anew, step by step; a failure is a result, not an exception. */
  testTenantConnection(grant: Grant): Promise<DataSourceView['test']>
  /** Where the tenant's data lives and how it is, with a fresh test. Throws TENANT_DATABASE_NOT_CONFIGURED. */
  getTenantConnectionInfo(grant: Grant): Promise<DataSourceView>
  /** What this process has counted and holds. Cheap enough to be asked every second. */
  statistics(): DataSourceStatistics
  /** Forgets what is known of the grant's tenant; work under way ends undisturbed. */
  clearTenantCache(grant: Grant): Promise<void>
  clearAllCaches(): Promise<void>
  /** Waits for the work under way. */
  close(): Promise<void>
}

const minuteMs = 60_000

/** Physical connections of one tenant, when nobody says otherwise. */
const defaultConnections = 8

export function openManager<Grant extends object>(options: ManagerOptions<Grant>): Manager<Grant> {
  return new DataSourceManager(options)
}

class DataSourceManager<Grant extends object> implements Manager<Grant> {
  readonly #options: ManagerOptions<Grant>
  readonly #configs: ConfigCache
  readonly #pools: PoolCache
  readonly #breakers: Breakers
  readonly #alarm: Alarm<Grant>
  readonly #cleanUp: NodeJS.Timeout
  readonly #underWay = new UnderWay()
  readonly #meter = new WorkMeter()
  readonly #versions = new SchemaVersions()
  #closed = false

  constructor(options: ManagerOptions<Grant>) {
    this.#options = options
    this.#configs = new ConfigCache(options.configTtlMs ?? 5 * minuteMs)
    this.#pools = new PoolCache((config) => this.#openPool(config), {
      max: options.maxPools ?? 500,
      ttlMs: options.poolTtlMs ?? 60 * minuteMs,
    })
    this.#breakers = new Breakers(options.breakerHalfOpenAfterMs ?? 5_000)
    this.#alarm = new Alarm(options.desk, options.logger)
    this.#cleanUp = setInterval(
      () => {
        this.#configs.purgeStale()
        this.#pools.purgeStale()
      },
      options.cleanUpEveryMs ?? 10 * minuteMs,
    ).unref()
  }

  async withTenant<T>(grant: Grant, work: (db: TenantReader) => Promise<T>, needs: Needs = {}): Promise<T> {
    const facts = examineGrant(this.#options.desk, grant)
    return await this.#perform({ grant, facts, operation: 'read', ...needs }, async (pool) => {
      const { executor, revoke } = revocable(openDatabase(pool).reader)
      try {
        return await work(tenantReader(executor))
      } finally {
        revoke()
      }
    })
  }

  withTenantWriter<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, needs?: Needs): Promise<T> {
    return this.#write(grant, (database, actor) => database.transaction((tx) => work(tenantWriter(tx, actor))), needs)
  }

  withTenantStatement<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, needs?: Needs): Promise<T> {
    return this.#write(grant, (database, actor) => database.oneStatement((tx) => work(tenantWriter(tx, actor))), needs)
  }

  async #write<T>(grant: Grant, work: (database: Database, actor: Actor) => Promise<T>, needs: Needs = {}): Promise<T> {
    const facts = examineGrant(this.#options.desk, grant)
    if (facts.access === 'read') throw new TenantryError('TENANT_SUSPENDED')
    return await this.#perform({ grant, facts, operation: 'write', ...needs }, (pool) =>
      work(openDatabase(pool), facts.actor),
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
    const { placement, region } = record
    const stats = this.#pools.stats(facts.tenantId)
    const { max } = this.#poolOptions(record)
    const pool = stats && { max, open: stats.open, idle: stats.idle, waiting: stats.waiting }
    const breaker = this.#breakers.states(facts.tenantId)
    const address = { host, port, database, tls: typeof tls === 'string' ? tls : 'verify-full' }
    return { placement, region, ...address, serverVersion, schemaVersion, breaker, pool, test }
  }

  statistics(): DataSourceStatistics {
    const tenants = this.#pools.all().map(({ config: { tenantId, record }, stats }) => ({
      tenantId,
      placement: record.placement,
      region: record.region,
      pool: { max: this.#poolOptions(record).max, ...stats },
      breaker: this.#breakers.states(tenantId),
    }))
    return {
      configCache: this.#configs.stats(),
      opening: this.#meter.opening.view(),
      pools: { entries: tenants.length, evictions: this.#pools.evictions },
      breakers: this.#breakers.stats(),
      classes: this.#meter.classes(),
      tenants,
    }
  }

  async clearTenantCache(grant: Grant): Promise<void> {
    const { tenantId } = examineGrant(this.#options.desk, grant)
    this.#configs.delete(tenantId)
    this.#pools.delete(tenantId)
    this.#breakers.delete(tenantId)
    this.#alarm.forget(tenantId)
  }

  async clearAllCaches(): Promise<void> {
    this.#configs.clear()
    this.#pools.clear()
    this.#breakers.clear()
    this.#alarm.clear()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#cleanUp)
    await this.#underWay.ended()
    this.#configs.clear()
    await this.#pools.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #perform<T>(
    { grant, facts, operation, requires }: { grant: Grant; facts: GrantFacts; operation: Operation } & Needs,
    work: (pool: Pool) => Promise<T>,
  ): Promise<T> {
    if (this.#closed) throw closing()
    this.#underWay.begin()
    const { tenantId, dataSourceVersion } = facts
    const began = performance.now()
    let place: DataSourceClass = 'unknown'
    try {
      const config = await this.#configs.get(tenantId, dataSourceVersion, () => this.#load(grant, facts))
      place = config.record.placement
      const result = await this.#breakers.of(tenantId, operation).execute(() =>
        this.#pools.use(config, async (pool) => {
          if (requires !== undefined) await this.#versions.assertHas(tenantId, requires, pool)
          return await work(pool)
        }),
      )
      this.#meter.worked(place, operation, performance.now() - began)
      return result
    } catch (error) {
      const translated = this.#versions.explain(tenantId, translateFailure(error, tenantId))
      this.#meter.failed(place, translated)
      await this.#alarm.raise(grant, tenantId, translated)
      throw translated
    } finally {
      this.#underWay.end()
    }
  }

  async #load(grant: Grant, facts: GrantFacts): Promise<Config> {
    const began = performance.now()
    const config = this.#open(facts, await this.#record(grant))
    this.#meter.opening.record(performance.now() - began)
    return config
  }

  async #record(grant: Grant): Promise<DataSourceRecord> {
    const record = await this.#options.desk.dataSource(grant)
    if (record === undefined) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
    return record
  }

  #open({ tenantId }: GrantFacts, record: DataSourceRecord): Config {
    return openConfig(this.#options.keyring, tenantId, record)
  }

  async #test(grant: Grant, facts: GrantFacts): Promise<ConnectionReport> {
    const { tenantId } = facts
    const report = await testConnection({
      tenantId,
      record: () => this.#record(grant),
      open: (record) => this.#open(facts, record),
      deadlines: (record) => this.#poolOptions(record),
    })
    await this.#alarm.raise(grant, tenantId, report.failure)
    return report
  }

  #openPool({ tenantId, target, record }: Config): Pool {
    // The proof's first statement is what dials, so its time is that of the whole connect.
    const prove = async (link: ProvingLink) => {
      const began = performance.now()
      this.#versions.saw(tenantId, await proveIdentity(link, record))
      this.#meter.connected(record.placement, performance.now() - began)
    }
    return openPool(target, { ...this.#poolOptions(record), prove })
  }

  #poolOptions({ pool }: DataSourceRecord): Omit<PoolOptions, 'prove'> & { max: number } {
    return { max: defaultConnections, ...this.#options.pool, ...pool }
  }
}

function closing(): TenantryError {
  return new TenantryError('TENANT_DATABASE_UNREACHABLE', { detail: { reason: 'closing' }, retryAfterSeconds: 1 })
}
