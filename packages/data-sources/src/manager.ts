import { openDatabase, type Database, type Executor, type Guard } from '@tenantry/connections/database'
import { openPool, type Pool, type PoolOptions, type ProvingLink } from '@tenantry/connections/pool'
import { parseTarget, type Target } from '@tenantry/connections/target'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { HealthFinding } from '@tenantry/contracts/data-source-health'
import type { Keyring } from '@tenantry/credentials/keyring'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { Logger } from '@tenantry/telemetry/logger'
import { isRefusedEpoch } from '@tenantry/tenant-db/epoch'
import { readLogPosition, readReplayPosition } from '@tenantry/tenant-db/log-position'
import { tenantReader, tenantWriter } from '@tenantry/tenant-db/open'
import { limitsGuard, rowAccessVersion } from '@tenantry/tenant-db/row-limits'
import type { TenantDb, TenantReader } from '@tenantry/tenant-db/types'
import { Alarm } from './alarm.ts'
import { Breakers, type Operation } from './breakers.ts'
import { ConfigCache } from './config-cache.ts'
import { keyOf, openConfig, type Config } from './config.ts'
import { HealthChecker, type HealthOptions, type HealthTurn } from './health/checker.ts'
import { lookAt, type Look } from './health/look-at.ts'
import { examineGrant } from './examine-grant.ts'
import type { DataSourceRecord, GrantDesk, GrantFacts } from './grant-desk.ts'
import { PoolCache } from './pool-cache.ts'
import { proveIdentity, proveReadsOnly, proveStandby } from './prove-identity.ts'
import { ReadPlacement, type Reading } from './read-placement.ts'
import { revocable } from './revocable-executor.ts'
import type { ShareSource } from './server-budget.ts'
import { ServerBudgets } from './server-budgets.ts'
import type { DataSourceClass, DataSourceStatistics } from './statistics.ts'
import { SchemaVersions } from './schema-versions.ts'
import { TenantWatch, type ChangeSource, type TenantChange } from './tenant-watch.ts'
import { isOutage, looksLikeSuspension, translateFailure } from './translate-failure.ts'
import { UnderWay } from './under-way.ts'
import { WorkMeter } from './work-meter.ts'
import { endlessMark, markOf, positionOf, type WriteMark } from '@tenantry/contracts/write-mark'

export type { DataSourceRecord, GrantDesk, GrantFacts, Refusal } from './grant-desk.ts'
export type { ChangeSource } from './tenant-watch.ts'

export interface ManagerOptions<Grant extends object> {
  desk: GrantDesk<Grant>
  keyring: Keyring
  logger: Logger
  /** Left out, changes made elsewhere are known by the grants alone. */
  changes?: ChangeSource
  /** How long a change stays unnoticed when its notification was lost. Default 500. */
  pollEveryMs?: number
  /** Left out, each tenant's own bounds are the only ones. */
  budget?: { source: ShareSource; mostPerServer: number }
  /** Where this process runs; reads go to replicas of the same region. */
  region?: string
  /** For what a tenant's own `connection_pool_config` does not say. */
  pool?: Omit<PoolOptions, 'prove' | 'permits'>
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
  /** Left out, this process looks at no data source unless it is asked to. */
  health?: HealthOptions
}

/** What work asks of the database beyond what every database has that is served. */
export interface Needs {
  /** A migration; without it in the database the work is not begun, and TENANT_SCHEMA_BEHIND is the answer. */
  requires?: string | undefined
}

export interface Writing extends Needs {
  /** Told after the commit, where there are replicas: what the writer's next reads must see. */
  onWritten?: (mark: WriteMark) => void
  /** Nothing that others would be told of. */
  isUntold?: true
}

/** The only door to a tenant's database. */
export interface Manager<Grant extends object> extends AsyncDisposable {
  /**
   * Reads, each statement by itself, from a replica nearby where there is one. The handle is dead when `work` ends
   * (HANDLE_CLOSED). Throws TENANT_DATABASE_*.
   */
  withTenant<T>(grant: Grant, work: (db: TenantReader) => Promise<T>, reading?: Reading & Needs): Promise<T>
  /**
   * One transaction. Throws TENANT_SUSPENDED for a grant that only reads, FORBIDDEN for one of support access,
   * TENANT_DATABASE_MOVED when the data source has
   * changed since the grant was minted.
   */
  withTenantWriter<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, writing?: Writing): Promise<T>
  /**
   * The same for work of one statement, which is committed when its promise resolves: one round trip instead of two. A
   * second statement is refused (HANDLE_CLOSED).
   */
  withTenantStatement<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, writing?: Writing): Promise<T>
  /** Connects anew, step by step; a failure is a result, not an exception. */
  testTenantConnection(grant: Grant): Promise<DataSourceView['test']>
  /** Where the tenant's data lives and how it is, with a fresh test. Throws TENANT_DATABASE_NOT_CONFIGURED. */
  getTenantConnectionInfo(grant: Grant): Promise<DataSourceView>
  /** The same, with what it says about the state of the data source and of its replicas. */
  examine(grant: Grant): Promise<{ view: DataSourceView; finding: HealthFinding }>
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

const supportConnections = 2

export function openManager<Grant extends object>(options: ManagerOptions<Grant>): Manager<Grant> {
  return new DataSourceManager(options)
}

interface Piece<Grant> extends Needs {
  grant: Grant
  facts: GrantFacts
  operation: Operation
  /** Of a read. */
  reading?: Reading
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
  readonly #watch: TenantWatch | undefined
  readonly #budgets: ServerBudgets | undefined
  readonly #placement: ReadPlacement
  readonly #checker: HealthChecker | undefined
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
    const { changes: source, logger, pollEveryMs, budget } = options
    this.#budgets = budget && new ServerBudgets({ ...budget, logger })
    this.#placement = this.#openPlacement(options.region)
    this.#checker = options.health && new HealthChecker(options.health, (turn) => this.#lookInTurn(turn), logger)
    const onChange = (change: TenantChange) => this.#changed(change)
    this.#watch = source && new TenantWatch({ source, logger, onChange, ...(pollEveryMs && { pollEveryMs }) })
    this.#cleanUp = setInterval(
      () => {
        this.#configs.purgeStale()
        this.#pools.purgeStale()
      },
      options.cleanUpEveryMs ?? 10 * minuteMs,
    ).unref()
  }

  async withTenant<T>(grant: Grant, work: (db: TenantReader) => Promise<T>, reading: Reading & Needs = {}): Promise<T> {
    const facts = examineGrant(this.#options.desk, grant)
    return await this.#perform(
      { grant, facts, operation: 'read', reading, requires: reading.requires },
      async (pool) => {
        const database = openDatabase(pool)
        if (facts.limits === null) return await readWith(database.reader, facts, work)
        return await database.transaction((tx) => readWith(tx, facts, work), {
          readOnly: true,
          guard: limitsGuard(facts.limits),
        })
      },
    )
  }

  withTenantWriter<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, writing?: Writing): Promise<T> {
    return this.#write({ grant, work, writing }, (database, perform, given) =>
      this.#transaction(database, perform, given),
    )
  }

  withTenantStatement<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, writing?: Writing): Promise<T> {
    return this.#write({ grant, work, writing }, (database, perform, given) =>
      // A limit is a setting that a transaction begins with.
      given.facts.limits === null
        ? database.oneStatement(perform, { guard: given.guard })
        : this.#transaction(database, perform, given),
    )
  }

  #transaction<T>(
    database: Database,
    perform: (tx: Executor) => Promise<T>,
    { facts, guard }: { facts: GrantFacts; guard: Guard },
  ): Promise<T> {
    return database.transaction(
      async (tx) => {
        const result = await perform(tx)
        // The work took its time.
        this.#assertServed(facts, 'write')
        return result
      },
      { guard },
    )
  }

  async #write<T>(
    { grant, work, writing }: { grant: Grant; work: (db: TenantDb) => Promise<T>; writing: Writing | undefined },
    begin: (
      database: Database,
      perform: (tx: Executor) => Promise<T>,
      given: { facts: GrantFacts; guard: Guard },
    ) => Promise<T>,
  ): Promise<T> {
    const facts = examineGrant(this.#options.desk, grant)
    if (facts.login === 'support') throw new TenantryError('FORBIDDEN')
    if (facts.access === 'read') throw new TenantryError('TENANT_SUSPENDED')
    return await this.#perform(
      { grant, facts, operation: 'write', requires: writing?.requires },
      async (pool, config) => {
        const guard = facts.limits === null ? config.guard : limitsGuard(facts.limits, config.guard)
        const perform = async (tx: Executor) => {
          // A connection was waited for.
          this.#assertServed(facts, 'write')
          return await work(tenantWriter(tx, facts.actor))
        }
        const onWritten = config.replicas.length > 0 ? writing?.onWritten : undefined
        try {
          const result = await begin(openDatabase(pool), perform, { facts, guard })
          if (writing?.isUntold !== true) this.#options.desk.wrote?.(facts.tenantId)
          onWritten?.(await this.#markAfter(pool, config))
          return result
        } catch (error) {
          if (isTenantryError(error, 'COMMIT_UNKNOWN')) {
            this.#options.desk.wrote?.(facts.tenantId)
            onWritten?.(endlessMark(config.server))
          }
          throw error
        }
      },
    )
  }

  async testTenantConnection(grant: Grant): Promise<DataSourceView['test']> {
    const { report } = await this.#test(grant, examineGrant(this.#options.desk, grant))
    return report.test
  }

  async getTenantConnectionInfo(grant: Grant): Promise<DataSourceView> {
    const { view } = await this.examine(grant)
    return view
  }

  async examine(grant: Grant): Promise<{ view: DataSourceView; finding: HealthFinding }> {
    const facts = examineGrant(this.#options.desk, grant)
    const record = await this.#record(grant)
    const { host, port, database, tls } = parseTarget(record.url)
    const { report, finding } = await this.#test(grant, facts)
    const { test, serverVersion, schemaVersion, databaseBytes } = report
    const { placement, region } = record
    const stats = this.#pools.stats(facts.tenantId)
    const { max } = this.#poolOptions(record)
    const pool = stats && { max, open: stats.open, idle: stats.idle, waiting: stats.waiting }
    const breaker = this.#breakers.states(facts.tenantId)
    const address = { host, port, database, tls: typeof tls === 'string' ? tls : 'verify-full' }
    const view = { placement, region, ...address, serverVersion, schemaVersion, databaseBytes, breaker, pool, test }
    return { view, finding }
  }

  statistics(): DataSourceStatistics {
    const tenants = this.#pools.all().map(({ config: { tenantId, key, record }, stats }) => ({
      tenantId,
      replica: key === tenantId ? null : key.slice(tenantId.length + 1),
      placement: record.placement,
      region: record.region,
      pool: { max: this.#poolOptions(record).max, ...stats },
      breaker: this.#breakers.states(tenantId),
    }))
    return {
      configCache: this.#configs.stats(),
      opening: this.#meter.opening.view(),
      pools: { entries: tenants.length, evictions: this.#pools.evictions },
      servers: this.#budgets?.stats() ?? [],
      breakers: this.#breakers.stats(),
      classes: this.#meter.classes(),
      healthChecks: this.#checker?.found() ?? {},
      tenants,
    }
  }

  async clearTenantCache(grant: Grant): Promise<void> {
    const { tenantId } = examineGrant(this.#options.desk, grant)
    this.#forget(tenantId)
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
    await this.#checker?.close()
    await this.#underWay.ended()
    await this.#options.desk.close?.()
    await this.#watch?.close()
    this.#configs.clear()
    await this.#pools.close()
    await this.#budgets?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #perform<T>(
    { grant, facts, operation, reading, requires }: Piece<Grant>,
    work: (pool: Pool, config: Config) => Promise<T>,
  ): Promise<T> {
    if (this.#closed) throw closing()
    this.#underWay.begin()
    const { tenantId, dataSourceVersion } = facts
    const began = performance.now()
    let place: DataSourceClass = 'unknown'
    try {
      if (this.#watch?.isWatching === false) await this.#watch.begin()
      this.#assertServed(facts, operation)
      const config = await this.#configs.get(keyOf(facts), dataSourceVersion, () => this.#load(grant, facts))
      place = config.record.placement
      const attempt = async (at: Config) => {
        try {
          return await this.#pools.use(at, async (pool) => {
            for (const needed of needsOf(facts, requires)) await this.#versions.assertHas(tenantId, needed, pool)
            return await work(pool, at)
          })
        } catch (error) {
          // Here already, so that work ended on purpose does not look like an outage.
          throw await this.#becauseOfChange(facts, operation, error)
        }
      }
      const onPrimary = () => this.#breakers.of(tenantId, operation).execute(() => attempt(config))
      const result =
        reading === undefined || config.replicas.length === 0
          ? await onPrimary()
          : await this.#readSomewhere(config, reading, { onPrimary, attempt })
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

  async #readSomewhere<T>(
    config: Config,
    { after, onServed }: Reading,
    { onPrimary, attempt }: { onPrimary: () => Promise<T>; attempt: (at: Config) => Promise<T> },
  ): Promise<T> {
    const { replica, setbacks, ...served } = await this.#placement.place(config, after)
    onServed?.(served)
    if (replica === undefined) return await onPrimary()
    this.#meter.readFromReplica(config.record.placement)
    try {
      const result = await attempt(replica.config)
      if (setbacks === undefined || setbacks === replica.setbacks) return result
    } catch (error) {
      if (isOutage(error)) replica.failed()
      throw error
    }
    throw new TenantryError('CONNECTION_LOST', { detail: { reason: 'a replica was restarted meanwhile' } })
  }

  /** After the commit, so that the position is behind it. */
  async #markAfter(pool: Pool, { server }: Config): Promise<WriteMark> {
    try {
      return markOf(server, await readLogPosition(openDatabase(pool).reader))
    } catch {
      // It was written, and nobody knows where: only the primary is sure to show it.
      return endlessMark(server)
    }
  }

  #openPlacement(region: string | undefined): ReadPlacement {
    const reader = <T>(config: Config, ask: (executor: Executor) => Promise<T>) =>
      this.#pools.use(config, (pool) => ask(openDatabase(pool).reader))
    return new ReadPlacement({
      region,
      look: (replica) => reader(replica, readReplayPosition),
      positionOfPrimary: async (config) => positionOf(await reader(config, readLogPosition)),
      isPrimaryAway: ({ tenantId }) => this.#breakers.states(tenantId).read !== 'closed',
      onUnfit: ({ tenantId, key }, err) => {
        const replica = key.slice(tenantId.length + 1)
        this.#options.logger.warn({ tenantId, replica, err }, 'A replica is of no use at the moment')
      },
    })
  }

  async #load(grant: Grant, facts: GrantFacts): Promise<Config> {
    const began = performance.now()
    const config = this.#open(facts, await this.#record(grant))
    this.#meter.opening.record(performance.now() - began)
    return config
  }

  #assertServed(facts: GrantFacts, operation: Operation): void {
    const refusal = this.#watch?.refusal(facts, operation)
    if (refusal) throw refusal
  }

  /**
   * Work that was ended because its tenant may not go on is told so, except where a commit was lost on the way. The tenant's
   * database knows of a suspension as early as this process.
   */
  async #becauseOfChange(facts: GrantFacts, operation: Operation, error: unknown): Promise<unknown> {
    if (isRefusedEpoch(error)) this.#forget(facts.tenantId)
    if (isTenantryError(error, 'COMMIT_UNKNOWN')) return error
    const known = this.#watch?.refusal(facts, operation)
    if (known !== undefined || !looksLikeSuspension(error)) return known ?? error
    await this.#watch?.lookNow()
    return this.#watch?.refusal(facts, operation) ?? error
  }

  #changed({ tenantId, version, status }: TenantChange): void {
    this.#configs.expire(tenantId, version)
    this.#pools.expire(tenantId, version)
    // What was found out about the place before says nothing about this one.
    this.#breakers.delete(tenantId)
    this.#alarm.forget(tenantId)
    if (status === 'active') return
    this.#pools.interrupt(tenantId, version, status === 'archived' ? 'everything' : 'transactions')
  }

  #forget(tenantId: string): void {
    this.#configs.delete(tenantId)
    this.#pools.delete(tenantId)
  }

  async #record(grant: Grant): Promise<DataSourceRecord> {
    const record = await this.#options.desk.dataSource(grant)
    if (record === undefined) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
    return record
  }

  #open(facts: GrantFacts, record: DataSourceRecord): Config {
    return openConfig(this.#options.keyring, facts, record)
  }

  async #test(grant: Grant, facts: GrantFacts) {
    const { tenantId } = facts
    const looked = await lookAt({ ...this.#lookOf(facts), record: () => this.#record(grant) })
    await this.#alarm.raise(grant, tenantId, looked.report.failure)
    return looked
  }

  /** Nobody has asked for it, so it takes its place among the connections of the server. */
  async #lookInTurn(turn: HealthTurn): Promise<HealthFinding> {
    const look = this.#lookOf({ tenantId: turn.tenantId, login: 'serving' })
    const permitsOf = (target: Target) => this.#budgets?.of(target)
    const { finding } = await lookAt({ ...look, record: () => turn.dataSource(), permitsOf })
    return finding
  }

  #lookOf(of: Pick<GrantFacts, 'tenantId' | 'login'>): Omit<Look, 'record'> {
    return {
      tenantId: of.tenantId,
      open: (record) => openConfig(this.#options.keyring, of, record),
      deadlines: (record) => this.#poolOptions(record),
    }
  }

  #openPool({ tenantId, target, record, login, onConnected }: Config): Pool {
    // The proof's first statement is what dials, so its time is that of the whole connect.
    const prove = async (link: ProvingLink) => {
      const began = performance.now()
      this.#versions.saw(tenantId, await proveIdentity(link, record))
      if (login === 'support') await proveReadsOnly(link)
      if (onConnected) onConnected(await proveStandby(link))
      this.#meter.connected(record.placement, performance.now() - began)
    }
    const permits = this.#budgets?.of(target)
    const options = this.#poolOptions(record)
    // Somebody who looks takes no connection from those who work there.
    const narrower = login === 'support' && { max: supportConnections }
    return openPool(target, { ...options, ...narrower, prove, ...(permits && { permits }) })
  }

  #poolOptions({ pool }: DataSourceRecord): Omit<PoolOptions, 'prove' | 'permits'> & { max: number } {
    return { max: defaultConnections, ...this.#options.pool, ...pool }
  }
}

async function readWith<T>(
  reader: Executor,
  { actor }: GrantFacts,
  work: (db: TenantReader) => Promise<T>,
): Promise<T> {
  const { executor, revoke } = revocable(reader)
  try {
    return await work(tenantReader(executor, actor.id))
  } finally {
    revoke()
  }
}

function needsOf({ limits }: GrantFacts, requires: string | undefined): string[] {
  return [...(requires === undefined ? [] : [requires]), ...(limits === null ? [] : [rowAccessVersion])]
}

function closing(): TenantryError {
  return new TenantryError('TENANT_DATABASE_UNREACHABLE', { detail: { reason: 'closing' }, retryAfterSeconds: 1 })
}
