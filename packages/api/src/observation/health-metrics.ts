import type { DataSourceMetricsOptions } from '@tenantry/data-sources/metrics'
import type { Metric } from '@tenantry/telemetry/metrics'
import type { HealthRepository } from '../planes.ts'

/** How the data sources were when they were last looked at, by whichever process: every process tells the same. */
export async function healthMetrics(
  health: Pick<HealthRepository, 'counts' | 'statesByTenant'>,
  { byTenant }: DataSourceMetricsOptions,
): Promise<Metric[]> {
  const { states, overdueSeconds } = await health.counts()
  const tenants = byTenant ? await health.statesByTenant() : undefined
  return [
    {
      name: 'tenantry_data_sources',
      description: 'Data sources by the state they were last found in. Every process tells the same.',
      kind: 'gauge',
      points:
        tenants?.map(({ tenantId, state }) => ({ labels: { state, tenant: tenantId }, value: 1 })) ??
        Object.entries(states).map(([state, value]) => ({ labels: { state }, value })),
    },
    {
      name: 'tenantry_health_check_overdue_seconds',
      description: 'For how long the data source that is due longest has not been looked at.',
      kind: 'gauge',
      points: [{ labels: {}, value: overdueSeconds }],
    },
  ]
}
