import { compare } from '../figure.ts'
import { openLargeWorld } from '../large/world.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { DashboardTimes } from './program.ts'

/** All sums of the landing page beside one page of a list, in a company with very many opportunities. */
export async function measureDashboard({
  world,
  seconds,
  rows = 200_000,
  onProgress,
}: SuiteInput): Promise<SuiteResult> {
  onProgress(`Making a company with ${rows} accounts and opportunities`)
  await using large = await openLargeWorld(world, rows)
  onProgress('Dashboards and lists')
  const { overview, page } = await runProgram<DashboardTimes>('./dashboard/program.ts', { world: large.world, seconds })
  const named = { suite: 'dashboard', name: 'dashboard.overview', against: 'a page of 50 opportunities', unit: 'ms' }
  return {
    figures: [compare({ ...named, goal: { kind: 'at most', value: 20 } }, overview, page)],
    notes: [`One company with ${large.facts}`],
  }
}
