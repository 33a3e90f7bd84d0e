import type { DataSourceHealth, DataSourceState } from '@tenantry/contracts/data-source-health'
import type { painter } from './terminal.ts'

type Paint = ReturnType<typeof painter>

const colors = {
  healthy: 'green',
  degraded: 'yellow',
  behind: 'yellow',
  refused: 'red',
  unreachable: 'red',
} as const satisfies Record<DataSourceState, Parameters<Paint>[0]>

/** A state in its colour; one that nobody has looked at yet is not known. */
export function paintState(state: DataSourceState | null | undefined, paint: Paint): string {
  return state == null ? paint('dim', 'not checked') : paint(colors[state], state)
}

/** «unreachable since 2026-05-01 12:00:03 (TENANT_DATABASE_UNREACHABLE)». */
export function describeHealth(health: DataSourceHealth | null, paint: Paint): string {
  if (health === null) return paintState(null, paint)
  const because = health.code === null ? '' : ` (${health.code})`
  return `${paintState(health.state, paint)} since ${momentOf(health.since)}${because}`
}

/** To the second, in UTC. */
export function momentOf(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ')
}
