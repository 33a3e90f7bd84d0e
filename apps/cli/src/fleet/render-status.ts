import type { DatabaseStatus } from '@tenantry/fleet/status'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'

const colors = { 'up to date': 'green', behind: 'yellow', failed: 'red', unreachable: 'red' } as const

export function renderStatus(status: DatabaseStatus[], paint: ReturnType<typeof painter>): string {
  const table = renderTable(
    ['DATABASE', 'TENANTS', '', 'VERSION', 'LACKS'].map((head) => paint('dim', head)),
    status.map(({ database, tenants, state, version, pending }) => [
      paint('bold', database),
      tenants.join(', '),
      paint(colors[state], state),
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
