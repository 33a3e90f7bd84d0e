import type { DataSourceHealth, HealthCounts, HealthFinding } from '@tenantry/contracts/data-source-health'
import { and, asc, count, eq, isNotNull, ne, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { tenantBySlug } from '../tenants/by-slug.ts'
import { tenants } from '../tenants/table.ts'
import { healthColumns, healthFrom } from './rows.ts'
import { saveFinding } from './save-finding.ts'
import { dataSourceHealth } from './table.ts'

/** How the tenants' databases were when they were last looked at, for operators. */
export class HealthRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** What somebody found who looked out of turn. Throws NOT_FOUND. */
  async record(slug: string, finding: HealthFinding): Promise<void> {
    await this.#access.write(async (tx) => {
      const { id } = await tenantBySlug(tx, slug)
      await saveFinding(tx, id, finding)
    })
  }

  /** Of every tenant that was looked at, by slug. */
  async all(): Promise<Map<string, DataSourceHealth>> {
    const rows = await this.#access.reader.db
      .select({ slug: tenants.slug, ...healthColumns })
      .from(dataSourceHealth)
      .innerJoin(tenants, eq(tenants.id, dataSourceHealth.tenantId))
      .orderBy(asc(tenants.slug))
    return new Map(
      rows.flatMap(({ slug, ...row }) => {
        const health = healthFrom(row)
        return health === null ? [] : [[slug, health]]
      }),
    )
  }

  /** Without archived tenants and those that have no data source. */
  async counts(): Promise<HealthCounts> {
    const rows = await this.#access.reader.db
      .select({
        state: dataSourceHealth.state,
        tenants: count(),
        overdue: sql<number>`extract(epoch from clock_timestamp() - min(${dataSourceHealth.dueAt}))`.mapWith(Number),
      })
      .from(tenants)
      .leftJoin(dataSourceHealth, eq(dataSourceHealth.tenantId, tenants.id))
      .where(isServed)
      .groupBy(dataSourceHealth.state)
    const states = { healthy: 0, degraded: 0, behind: 0, refused: 0, unreachable: 0, unchecked: 0 }
    for (const row of rows) states[row.state ?? 'unchecked'] += row.tenants
    return { states, overdueSeconds: Math.max(0, ...rows.map(({ overdue }) => overdue)) }
  }

  /** The same, tenant by tenant. */
  async statesByTenant(): Promise<{ tenantId: string; state: keyof HealthCounts['states'] }[]> {
    const rows = await this.#access.reader.db
      .select({ tenantId: tenants.id, state: dataSourceHealth.state })
      .from(tenants)
      .leftJoin(dataSourceHealth, eq(dataSourceHealth.tenantId, tenants.id))
      .where(isServed)
      .orderBy(asc(tenants.id))
    return rows.map(({ tenantId, state }) => ({ tenantId, state: state ?? 'unchecked' }))
  }
}

const isServed = and(ne(tenants.status, 'archived'), isNotNull(tenants.dataSourceUrl))
