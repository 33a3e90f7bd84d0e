import { alone, type Figure, type Goal } from '../figure.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { TenantTraffic } from './program.ts'

/** Many configured tenants on one server with few connections; how often one is asked for follows Zipf's law. */
export async function measureTenants(input: SuiteInput): Promise<SuiteResult> {
  const { world, seconds, tenants = 5000, connections, onProgress } = input
  onProgress(`${tenants} tenants share ${connections} connections`)
  const traffic = await runProgram<TenantTraffic>('./tenants/program.ts', { world, seconds, tenants, connections })
  const figure = (name: string, unit: string, value: number, goal?: Goal): Figure =>
    alone({ suite: 'tenants', name, against: '', unit, goal }, [value])
  const { temperatures } = traffic
  return {
    figures: [
      figure('connections open at once', 'connections', traffic.mostOpen, { kind: 'at most', value: connections }),
      figure('errors', 'errors', traffic.errors, { kind: 'at most', value: 0 }),
      figure('requests', 'requests/s', traffic.perSecond),
      figure('configurations found in memory', '%', traffic.configHitPercent),
      figure('requests that found a connection', '%', traffic.connectionHitPercent),
      figure('connections closed for another tenant', 'evictions', traffic.evictions),
      ...temperatures.map(({ name, p99Ms, requests }) =>
        figure(`p99 of the ${name} (${requests} requests)`, 'ms', p99Ms),
      ),
      figure('memory of the process', 'MB', traffic.residentMb),
    ],
    notes: [`${tenants} tenants, Zipf 1, 32 requests at once, ${connections} connections, ${seconds} s.`],
  }
}
