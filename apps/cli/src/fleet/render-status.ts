import type { AppDbConnection } from '@tenantry/app-db/open'
import type { SchemaComparison } from '@tenantry/contracts/fleet'
import { DataSourceState, type DataSourceHealth } from '@tenantry/contracts/data-source-health'
import type { DatabaseStatus } from '@tenantry/fleet/status'
import { paintState } from '../health-words.ts'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'

const colors = { 'up to date': 'green', behind: 'yellow', failed: 'red', unreachable: 'red' } as const

/** A database beside what is known of its tenants without asking it. */
export interface KnownStatus extends DatabaseStatus {
  /** As each tenant's data source was last found; without those nobody has looked at. */
  health: ({ tenant: string } & DataSourceHealth)[]
  /** As its schema last compared with what its migrations make; null until somebody has compared. */
  comparison: SchemaComparison | null
}

/** What the application database knows of all tenants, by slug. */
export interface KnownOfTenants {
  health: ReadonlyMap<string, DataSourceHealth>
  comparisons: ReadonlyMap<string, SchemaComparison>
}

export async function readKnown({
  health,
  schemaComparisons,
}: Pick<AppDbConnection, 'health' | 'schemaComparisons'>): Promise<KnownOfTenants> {
  return { health: await health.all(), comparisons: await schemaComparisons.all() }
}

export function withKnown(database: DatabaseStatus, { health, comparisons }: KnownOfTenants): KnownStatus {
  const known = database.tenants.flatMap((tenant) => {
    const found = health.get(tenant)
    return found === undefined ? [] : [{ tenant, ...found }]
  })
  // Whoever shares a database shares its schema.
  const comparison = database.tenants.flatMap((tenant) => comparisons.get(tenant) ?? [])[0] ?? null
  return { ...database, health: known, comparison }
}

export function renderStatus(status: KnownStatus[], paint: ReturnType<typeof painter>): string {
  const table = renderTable(
    ['DATABASE', 'TENANTS', '', 'HEALTH', 'DRIFT', 'VERSION', 'LACKS'].map((head) => paint('dim', head)),
    status.map(({ database, tenants, state, health, comparison, version, pending }) => [
      paint('bold', database),
      tenants.join(', '),
      paint(colors[state], state),
      paintState(worstOf(health), paint),
      driftIn(comparison, paint),
      version ?? '-',
      pending.length === 0 ? '-' : `${pending.length}: ${pending.join(', ')}`,
    ]),
  )
  const failures = status.flatMap(({ tenants, failure }) =>
    failure === null
      ? []
      : [
          `${paint('bold', tenants.join(', '))}: ${failure.code} ${failure.message}`,
          ...(failure.statement === null ? [] : [`  ${failure.migration ?? ''}, ${failure.statement}`]),
        ],
  )
  const count = (state: DatabaseStatus['state']) => status.filter((one) => one.state === state).length
  const states = ['up to date', 'behind', 'failed', 'unreachable'] as const
  const summary = states.map((state) => `${count(state)} ${state}`).join(', ')
  return [...(status.length > 0 ? [table, ''] : []), summary, ...(failures.length > 0 ? ['', ...failures] : [])].join(
    '\n',
  )
}

function driftIn(comparison: SchemaComparison | null, paint: ReturnType<typeof painter>): string {
  if (comparison === null) return paint('dim', 'not compared')
  const { driftGroup, comparedAt } = comparison
  const when = paint('dim', comparedAt.slice(0, 10))
  return driftGroup === null ? `${paint('green', 'none')} ${when}` : `${paint('red', driftGroup)} ${when}`
}

/** Neighbours of a shared database share its fate but for their logins: the worst is what somebody has to look at. */
function worstOf(health: KnownStatus['health']): DataSourceState | undefined {
  return DataSourceState.options.findLast((state) => health.some((found) => found.state === state))
}
