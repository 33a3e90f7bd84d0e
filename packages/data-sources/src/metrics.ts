import { DataSourceState } from '@tenantry/contracts/data-source-health'
import type { HistogramPoint, Labels, Metric } from '@tenantry/telemetry/metrics'
import type { LatencyView } from './latency.ts'
import type { ClassStatistics, DataSourceClass, DataSourceStatistics, TenantStatistics } from './statistics.ts'

export interface DataSourceMetricsOptions {
  /** One line per tenant in place of one per placement: thousands of lines, and names of customers in the monitoring. */
  byTenant: boolean
}

/** The statistics of one process as metrics. What grows without end are the counters; nothing here costs a request. */
export function dataSourceMetrics(statistics: DataSourceStatistics, { byTenant }: DataSourceMetricsOptions): Metric[] {
  const { configCache, opening, pools, breakers, tenants } = statistics
  const groups = byTenant ? tenants.map(ofTenant) : placements.map((placement) => ofPlacement(tenants, placement))
  return [
    {
      name: 'tenantry_config_cache_lookups_total',
      description:
        'Looked up an opened data source; a miss reads it from the application database and opens its credential.',
      kind: 'counter',
      points: [
        { labels: { result: 'hit' }, value: configCache.hits },
        { labels: { result: 'miss' }, value: configCache.misses },
      ],
    },
    gauge('tenantry_config_cache_entries', 'Data sources that are held open.', configCache.entries),
    {
      name: 'tenantry_data_source_open_seconds',
      description: 'Reading a data source and opening its credential.',
      kind: 'histogram',
      points: [pointOf({}, opening)],
    },
    gauge(
      'tenantry_pools',
      'Pools: one for each tenant at work, and one more for each of its standbys and for support access.',
      pools.entries,
    ),
    {
      name: 'tenantry_pool_evictions_total',
      description: 'Pools closed because they were too many, too old or outdated.',
      kind: 'counter',
      points: [{ labels: {}, value: pools.evictions }],
    },
    {
      name: 'tenantry_pool_connections',
      description: 'Physical connections to tenant databases by state.',
      kind: 'gauge',
      points: groups.flatMap(({ labels, pool }) => [
        { labels: { ...labels, state: 'in_use' }, value: pool.open - pool.idle },
        { labels: { ...labels, state: 'idle' }, value: pool.idle },
        { labels: { ...labels, state: 'opening' }, value: pool.opening },
      ]),
    },
    {
      name: 'tenantry_pool_waiting',
      description: 'Pieces of work that wait for a connection.',
      kind: 'gauge',
      points: groups.map(({ labels, pool }) => ({ labels, value: pool.waiting })),
    },
    {
      name: 'tenantry_connect_seconds',
      description: 'Dialing, TLS, login and proof of identity of one physical connection.',
      kind: 'histogram',
      points: byClass(statistics, (placement, { connect }) => [pointOf({ placement }, connect)]),
    },
    {
      name: 'tenantry_query_seconds',
      description: 'A piece of work in a tenant database, with its wait for a connection.',
      kind: 'histogram',
      points: byClass(statistics, (placement, { read, write }) => [
        pointOf({ placement, operation: 'read' }, read),
        pointOf({ placement, operation: 'write' }, write),
      ]),
    },
    {
      name: 'tenantry_errors_total',
      description: 'Work that failed on our side or in the database, by error code.',
      kind: 'counter',
      points: byClass(statistics, (placement, { errors }) =>
        Object.entries(errors).map(([code, value]) => ({ labels: { placement, code }, value })),
      ),
    },
    {
      name: 'tenantry_breakers',
      description: 'Circuit breakers that do not let everything through.',
      kind: 'gauge',
      points: [
        { labels: { state: 'open' }, value: breakers.open },
        { labels: { state: 'half-open' }, value: breakers.halfOpen },
      ],
    },
    {
      name: 'tenantry_breaker_transitions_total',
      description: 'Changes of circuit breakers, by the state they went into.',
      kind: 'counter',
      points: Object.entries(breakers.transitions).map(([to, value]) => ({ labels: { to }, value })),
    },
    {
      name: 'tenantry_health_checks_total',
      description: 'Looks of this process at data sources whose turn it was, by the state they were found in.',
      kind: 'counter',
      points: DataSourceState.options.map((state) => ({
        labels: { state },
        value: statistics.healthChecks[state] ?? 0,
      })),
    },
  ]
}

const placements = ['dedicated', 'shared'] as const
type PoolGroup = { labels: Labels; pool: Omit<TenantStatistics['pool'], 'max'> }

function ofTenant({ tenantId, placement, to, pool }: TenantStatistics): PoolGroup {
  return { labels: { placement, tenant: tenantId, to }, pool }
}

function ofPlacement(tenants: TenantStatistics[], placement: (typeof placements)[number]): PoolGroup {
  const pool = { open: 0, idle: 0, opening: 0, waiting: 0 }
  for (const tenant of tenants) {
    if (tenant.placement !== placement) continue
    pool.open += tenant.pool.open
    pool.idle += tenant.pool.idle
    pool.opening += tenant.pool.opening
    pool.waiting += tenant.pool.waiting
  }
  return { labels: { placement }, pool }
}

function byClass<Point>(
  { classes }: DataSourceStatistics,
  pointsOf: (placement: DataSourceClass, statistics: ClassStatistics) => Point[],
): Point[] {
  const entries = Object.entries(classes) as [DataSourceClass, ClassStatistics][]
  return entries.flatMap(([placement, statistics]) => pointsOf(placement, statistics))
}

function gauge(name: string, description: string, value: number): Metric {
  return { name, description, kind: 'gauge', points: [{ labels: {}, value }] }
}

function pointOf(labels: Labels, { count, sumMs, buckets }: LatencyView): HistogramPoint {
  return {
    labels,
    count,
    sum: sumMs / 1000,
    buckets: buckets.map((bucket) => ({ upTo: bucket.leMs / 1000, count: bucket.count })),
  }
}
