import { statement } from '@tenantry/connections/statement'
import { isDown, type DataSourceState, type HealthFinding } from '@tenantry/contracts/data-source-health'
import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { readDataSource, type DataSourceRecord } from '../data-sources/read-data-source.ts'
import { tenants } from '../tenants/table.ts'
import { saveFinding } from './save-finding.ts'
import { dataSourceHealth } from './table.ts'

/** Who looks after whose data source, and for how long nobody else does. */
export interface HealthAsk {
  /** Data sources at most. */
  atMost: number
  /** Servers, as `host:port`, of which nobody is to be taken on now. */
  without: readonly string[]
  /** A process that has said nothing by then is taken for dead, and its data sources are due again. */
  leaseMs: number
}

/** A data source that this process has taken on to look at. */
export interface HealthTurn {
  tenantId: TenantId
  /** `host:port`. */
  server: string
  /** As it was found the time before; null for the first time. */
  before: DataSourceState | null
  /** Throws TENANT_DATABASE_NOT_CONFIGURED, CONFIGURATION_INVALID. */
  dataSource(): Promise<DataSourceRecord>
  /** Keeps what was found and when to look again. A data source that was changed meanwhile is due at once. */
  settle(finding: HealthFinding, nextInMs: number): Promise<void>
}

/**
 * In whose turn it is to look at which data source. Every process asks here, and of those that are due each gets others:
 * who takes one on moves its next turn into the future.
 */
export class HealthRounds {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Those that have been due longest, and in how many milliseconds the next one will be. */
  async take({ atMost, without, leaseMs }: HealthAsk): Promise<{ turns: HealthTurn[]; nextInMs: number }> {
    const taken = await this.#access.write((tx) =>
      tx.run(takeDue, { atMost, without: JSON.stringify(without), leaseMs }),
    )
    if (taken.length === atMost) return { turns: taken.map((row) => this.#turnOf(row)), nextInMs: 0 }
    const [next] = await this.#access.reader.run(nextDue, { without: JSON.stringify(without) })
    const turns = taken.map((row) => this.#turnOf(row))
    return { turns, nextInMs: next?.ms == null ? Infinity : Math.max(0, Number(next.ms)) }
  }

  #turnOf({ tenantId: id, server, state, until }: TakenRow): HealthTurn {
    const tenantId = id as TenantId
    return {
      tenantId,
      server,
      before: state,
      dataSource: () => readDataSource(this.#access.reader, tenantId),
      settle: (finding, nextInMs) => this.#settle({ tenantId, before: state, until }, finding, nextInMs),
    }
  }

  async #settle(
    { tenantId, before, until }: { tenantId: TenantId; before: DataSourceState | null; until: string },
    finding: HealthFinding,
    nextInMs: number,
  ): Promise<void> {
    await this.#access.write(async (tx) => {
      const { isNewState } = await saveFinding(tx, tenantId, finding)
      await tx.db
        .update(dataSourceHealth)
        .set({ dueAt: sql`clock_timestamp() + ${Math.round(nextInMs)}::int * interval '1 millisecond'` })
        .where(sql`${dataSourceHealth.tenantId} = ${tenantId} and ${dataSourceHealth.dueAt} = ${until}::timestamptz`)
      if (!isNewState || before === null || isDown(before) === isDown(finding.state)) return
      await recordAudit(tx, {
        principal: { kind: 'system', job: 'health check' },
        tenantId,
        action: isDown(finding.state) ? 'data_source.went_away' : 'data_source.came_back',
        detail: { from: before, to: finding.state, code: finding.code },
      })
    })
  }
}

type TakenRow = { tenantId: string; server: string; state: DataSourceState | null; until: string }

const server = sql`coalesce(substring(${tenants.dataSourceUrl} from '@([^/]+)'), '')`

/** Of a served tenant, on none of the servers left out. */
const isMeant = sql`${tenants.status} <> 'archived' and ${tenants.dataSourceUrl} is not null
  and not (${sql.placeholder('without')}::jsonb ? ${server})`

/** Those that somebody else takes on at this moment are skipped, not waited for. */
const takeDue = statement<{ atMost: number; without: string; leaseMs: number }, TakenRow>((db) =>
  db.execute(sql`
    with due as (
      select ${dataSourceHealth.tenantId} as id, ${server} as server
      from ${dataSourceHealth} join ${tenants} on ${tenants.id} = ${dataSourceHealth.tenantId}
      where ${dataSourceHealth.dueAt} <= clock_timestamp() and ${isMeant}
      order by ${dataSourceHealth.dueAt} limit ${sql.placeholder('atMost')}::int
      for update of data_source_health skip locked)
    update ${dataSourceHealth} set due_at = clock_timestamp() + ${sql.placeholder('leaseMs')}::int * interval '1 millisecond'
    from due where ${dataSourceHealth.tenantId} = due.id
    returning due.id::text as "tenantId", due.server, ${dataSourceHealth.state}, ${dataSourceHealth.dueAt}::text as until`),
)

const nextDue = statement<{ without: string }, { ms: string | null }>((db) =>
  db.execute(sql`
    select (extract(epoch from min(${dataSourceHealth.dueAt}) - clock_timestamp()) * 1000)::text as ms
    from ${dataSourceHealth} join ${tenants} on ${tenants.id} = ${dataSourceHealth.tenantId} where ${isMeant}`),
)
