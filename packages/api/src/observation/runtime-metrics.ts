import type { RunningCount } from '@tenantry/app-db/runs'
import type { TransferOverview } from '@tenantry/app-db/types'
import { dataSourceMetrics, type DataSourceMetricsOptions } from '@tenantry/data-sources/metrics'
import type { Metric } from '@tenantry/telemetry/metrics'
import type { DataSources, HealthRepository, Logger } from '../planes.ts'
import { healthMetrics } from './health-metrics.ts'
import { processMetrics } from './process-metrics.ts'
import { transferMetrics } from './transfer-metrics.ts'

export interface Observed {
  dataSources: Pick<DataSources, 'statistics'>
  runs: { countRunning(): Promise<RunningCount[]> }
  transfers: { overview(): Promise<TransferOverview> }
  health: Pick<HealthRepository, 'counts' | 'statesByTenant'>
  logger: Logger
}

/** Everything one server process tells about itself. Never rejects: an application database that is away is a metric too. */
export async function runtimeMetrics(
  { dataSources, runs, transfers, health, logger }: Observed,
  options: DataSourceMetricsOptions,
): Promise<Metric[]> {
  const running = await runs.countRunning().catch((err: unknown) => {
    logger.warn({ err }, 'The runs in progress could not be counted')
    return undefined
  })
  const states = await healthMetrics(health, options).catch((err: unknown) => {
    logger.warn({ err }, 'The states of the data sources could not be counted')
    return []
  })
  const moves = await transferMetrics(transfers).catch((err: unknown) => {
    logger.warn({ err }, 'The companies that move in could not be counted')
    return []
  })
  return [
    ...dataSourceMetrics(dataSources.statistics(), options),
    {
      name: 'tenantry_application_database_up',
      description: '1 when the application database answered while the metrics were read.',
      kind: 'gauge',
      points: [{ labels: {}, value: running === undefined ? 0 : 1 }],
    },
    {
      name: 'tenantry_runs_in_progress',
      description:
        'Long commands that run: migrations, transfers, rotations. A stale one has not been heard of lately.',
      kind: 'gauge',
      points: (running ?? []).map(({ kind, isStale, count }) => ({
        labels: { kind, state: isStale ? 'stale' : 'running' },
        value: count,
      })),
    },
    ...moves,
    ...states,
    ...processMetrics(),
  ]
}
