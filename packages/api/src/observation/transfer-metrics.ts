import type { TransferOverview } from '@tenantry/app-db/types'
import type { Metric } from '@tenantry/telemetry/metrics'

/** Companies that move in, also between two commands, when no run tells of them. Every process tells the same. */
export async function transferMetrics(transfers: { overview(): Promise<TransferOverview> }): Promise<Metric[]> {
  const { states, backlogBytes } = await transfers.overview()
  return [
    {
      name: 'tenantry_transfers',
      description: 'Companies that move in from an older system, by state. Every process tells the same.',
      kind: 'gauge',
      points: (['copying', 'paused', 'moved'] as const).map((state) => ({
        labels: { state },
        value: states[state] ?? 0,
      })),
    },
    {
      name: 'tenantry_transfer_backlog_bytes',
      description:
        'How much of its log the server of the application database keeps for the stream that is furthest behind.',
      kind: 'gauge',
      points: [{ labels: {}, value: backlogBytes }],
    },
  ]
}
