import type { Pool } from '@tenantry/connections/pool'
import { parseTarget } from '@tenantry/connections/target'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { HealthFinding } from '@tenantry/contracts/data-source-health'
import { endlessMark } from '@tenantry/contracts/write-mark'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { isRefusedEpoch } from '@tenantry/tenant-db/epoch'
import { rowAccessVersion } from '@tenantry/tenant-db/row-limits'
import type { TenantDb, TenantReader } from '@tenantry/tenant-db/types'
import { Alarm } from './alarm.ts'
import { Breakers, type Operation } from './breakers.ts'
import { ConfigCache } from './config-cache.ts'
import { keyOf, openConfig, type Config } from './config.ts'
import { examineGrant } from './examine-grant.ts'
import type { DataSourceRecord, GrantFacts } from './grant-desk.ts'
import { HealthChecker } from './health/checker.ts'
import { Looks } from './health/looks.ts'
import type { Manager, ManagerOptions, Needs, TenantReading, Writing } from './manager-contract.ts'
import { PoolCache } from './pool-cache.ts'
import { PoolOpener } from './pool-opener.ts'
import type { Reading } from './read-placement.ts'
import { ReplicaReads } from './replica-reads.ts'
import { SchemaVersions } from './schema-versions.ts'
import { ServerBudgets } from './server-budgets.ts'
import type { DataSourceClass, DataSourceStatistics } from './statistics.ts'
import { asOneStatement, asTransaction, readThrough, writeThrough, type Begin } from './tenant-work.ts'
import { TenantWatch, type TenantChange } from './tenant-watch.ts'
import { looksLikeSuspension, translateFailure } from './translate-failure.ts'
import { UnderWay } from './under-way.ts'
import { WorkMeter } from './work-meter.ts'

export type { Manager, ManagerOptions, Writing } from './manager-contract.ts'
export type { DataSourceRecord, GrantDesk, GrantFacts, Refusal } from './grant-desk.ts'
export type { ChangeSource } from './tenant-watch.ts'

const minuteMs = 60_000

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
  readonly #opener: PoolOpener
  readonly #replicas: ReplicaReads
  readonly #looks: Looks
  readonly #checker: HealthChecker | undefined
  #closed = false

  constructor(options: ManagerOptions<Grant>) {
    this.#options = options
    const { keyring, logger, region, changes: source, pollEveryMs, budget } = options
    const [versions, meter] = [this.#versions, this.#meter]
    this.#configs = new ConfigCache(options.configTtlMs ?? 5 * minuteMs)
    this.#budgets = budget && new ServerBudgets({ ...budget, logger })
    this.#opener = new PoolOpener({ given: options.pool, budgets: this.#budgets, versions, meter })
    this.#pools = new PoolCache((config) => this.#opener.open(config), {
      max: options.maxPools ?? 500,
      ttlMs: options.poolTtlMs ?? 60 * minuteMs,
    })
    this.#breakers = new Breakers(options.breakerHalfOpenAfterMs ?? 5_000)
    this.#alarm = new Alarm(options.desk, logger)
    this.#replicas = new ReplicaReads({ region, pools: this.#pools, breakers: this.#breakers, meter, logger })
    this.#looks = new Looks(keyring, this.#opener)
    this.#checker = options.health && new HealthChecker(options.health, (turn) => this.#looks.inTurn(turn), logger)
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

  async withTenant<T>(grant: Grant, work: (db: TenantReader) => Promise<T>, reading: TenantReading = {}): Promise<T> {
    const facts = factsFor(examineGrant(this.#options.desk, grant), reading)
    const piece = { grant, facts, operation: 'read', reading, requires: reading.requires } as const
    return await this.#perform(piece, (pool) => readThrough(pool, facts, work))
  }

  withTenantWriter<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, writing?: Writing): Promise<T> {
    return this.#write({ grant, writing, begin: asTransaction }, work)
  }

  withTenantStatement<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, writing?: Writing): Promise<T> {
    return this.#write({ grant, writing, begin: asOneStatement }, work)
  }

  async #write<T>(
    { grant, writing, begin }: { grant: Grant; writing: Writing | undefined; begin: Begin },
    work: (db: TenantDb) => Promise<T>,
  ): Promise<T> {
    const facts = examineGrant(this.#options.desk, grant)
    if (facts.login === 'support') throw new TenantryError('FORBIDDEN')
    if (facts.access === 'read') throw new TenantryError('TENANT_SUSPENDED')
    const assertServed = () => this.#assertServed(facts, 'write')
    const piece = { grant, facts, operation: 'write', requires: writing?.requires } as const
    return await this.#perform(piece, async (pool, config) => {
      const onWritten = config.replicas.length > 0 ? writing?.onWritten : undefined
      try {
        const result = await writeThrough(pool, { config, facts, begin, assertServed }, work)
        if (writing?.isUntold !== true) this.#options.desk.wrote?.(facts.tenantId)
        onWritten?.(await this.#replicas.markAfter(pool, config))
        return result
      } catch (error) {
        if (isTenantryError(error, 'COMMIT_UNKNOWN')) {
          this.#options.desk.wrote?.(facts.tenantId)
          onWritten?.(endlessMark(config.server))
        }
        throw error
      }
    })
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
    const { max } = this.#opener.optionsOf(record)
    const pool = stats && { max, open: stats.open, idle: stats.idle, waiting: stats.waiting }
    const breaker = this.#breakers.states(facts.tenantId)
    const address = { host, port, database, tls: typeof tls === 'string' ? tls : 'verify-full' }
    const view = { placement, region, ...address, serverVersion, schemaVersion, databaseBytes, breaker, pool, test }
    return { view, finding }
  }

  statistics(): DataSourceStatistics {
    const tenants = this.#pools.all().map(({ config: { tenantId, key, record }, stats }) => ({
      tenantId,
      to: key === tenantId ? 'primary' : key.slice(tenantId.length + 1),
      placement: record.placement,
      region: record.region,
      pool: { max: this.#opener.optionsOf(record).max, ...stats },
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
      assertWritten(config, operation)
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
        reading === undefined ? await onPrimary() : await this.#replicas.read(config, reading, { onPrimary, attempt })
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
    const config = openConfig(this.#options.keyring, facts, await this.#record(grant))
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

  async #test(grant: Grant, facts: GrantFacts) {
    const looked = await this.#looks.now(facts, () => this.#record(grant))
    await this.#alarm.raise(grant, facts.tenantId, looked.report.failure)
    return looked
  }
}

/** What is saved as a file is read within the narrower limits, by whatever statement. */
function factsFor(facts: GrantFacts, { exporting }: TenantReading): GrantFacts {
  if (exporting === undefined) return facts
  const limits = facts.exportLimits
  if (exporting !== 'everybodys' && limits?.see[exporting]?.length === 0) throw new TenantryError('FORBIDDEN')
  return { ...facts, limits }
}

function needsOf({ limits }: GrantFacts, requires: string | undefined): string[] {
  return [...(requires === undefined ? [] : [requires]), ...(limits === null ? [] : [rowAccessVersion])]
}

/**
 * A grant may be older than a suspension that raised the epoch. Who has just read the new epoch would pass the guard of the
 * database with it, so what was read beside the epoch decides.
 */
function assertWritten({ record: { status } }: Config, operation: Operation): void {
  if (operation === 'read' || status === 'active') return
  throw new TenantryError(status === 'archived' ? 'TENANT_ARCHIVED' : 'TENANT_SUSPENDED')
}

function closing(): TenantryError {
  return new TenantryError('TENANT_DATABASE_UNREACHABLE', { detail: { reason: 'closing' }, retryAfterSeconds: 1 })
}
