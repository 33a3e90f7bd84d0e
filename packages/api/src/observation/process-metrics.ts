import { performance } from 'node:perf_hooks'
import type { Metric } from '@tenantry/telemetry/metrics'

/** Of this process, by the names Prometheus's own clients use. */
export function processMetrics(): Metric[] {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  return [
    {
      name: 'process_cpu_seconds_total',
      description: 'Processor time used.',
      kind: 'counter',
      points: [{ labels: {}, value: (user + system) / 1e6 }],
    },
    gauge('process_resident_memory_bytes', 'Memory in use.', rss),
    gauge('nodejs_heap_used_bytes', 'Memory of JavaScript objects in use.', heapUsed),
    gauge(
      'process_start_time_seconds',
      'When the process began, in seconds since 1970.',
      performance.timeOrigin / 1000,
    ),
    gauge(
      'nodejs_event_loop_utilization',
      'Share of its life in which the process was busy, from 0 to 1.',
      performance.eventLoopUtilization().utilization,
    ),
  ]
}

function gauge(name: string, description: string, value: number): Metric {
  return { name, description, kind: 'gauge', points: [{ labels: {}, value }] }
}
