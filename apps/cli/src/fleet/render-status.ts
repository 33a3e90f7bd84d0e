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
}

export function withKnown(database: DatabaseStatus, health: ReadonlyMap<string, DataSourceHealth>): KnownStatus {
  const known = database.tenants.flatMap((tenant) => {
    const found = health.get(tenant)
    return found === undefined ? [] : [{ tenant, ...found }]
  })
  return { ...database, health: known }
}

export function renderStatus(status: KnownStatus[], paint: ReturnType<typeof painter>): string {
  const table = renderTable(
    ['DATABASE', 'TENANTS', '', 'HEALTH', 'VERSION', 'LACKS'].map((head) => paint('dim', head)),
    status.map(({ database, tenants, state, health, version, pending }) => [
      paint('bold', database),
      tenants.join(', '),
      paint(colors[state], state),
      paintState(worstOf(health), paint),
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

/** Neighbours of a shared database share its fate but for their logins: the worst is what somebody has to look at. */
function worstOf(health: KnownStatus['health']): DataSourceState | undefined {
  return DataSourceState.options.findLast((state) => health.some((found) => found.state === state))
}
