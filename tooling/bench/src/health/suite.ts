import { alone, compare, type Figure, type Goal } from '../figure.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { HealthCost } from './program.ts'

/** What it costs one process to look at every tenant's database once, beside connecting to each and asking for nothing. */
export async function measureHealth({ world, tenants = 500, onProgress }: SuiteInput): Promise<SuiteResult> {
  onProgress(`${tenants} tenants are looked at`)
  const cost = await runProgram<HealthCost>('./health/program.ts', { world, tenants }, ['--expose-gc'])
  const against = 'connect, select 1, close in a loop'
  const figure = (name: string, unit: string, value: number, goal?: Goal): Figure =>
    alone({ suite: 'health', name, against: '', unit, goal }, [value])
  const { looks, round, loop } = cost
  return {
    figures: [
      compare(
        { suite: 'health', name: `a look at each of ${looks} databases`, against, unit: 'ms', goal },
        round,
        loop,
      ),
      figure('connections open at once', 'connections', cost.mostOpen, { kind: 'at most', value: cost.atOnce }),
      figure('transactions of a look in the tenant database', 'transactions', cost.transactions.tenant),
      figure('transactions of a look in the application database', 'transactions', cost.transactions.app),
      figure('processor of the process for a look', 'ms', cost.processor.client),
      figure('processor of both servers for a look', 'ms', cost.processor.server),
      figure('memory that rounds leave behind', 'MB', cost.leftMb, { kind: 'at most', value: 5 }),
      figure('memory of the process', 'MB', cost.residentMb),
    ],
    notes: [
      `health: ${looks} databases on one server, ${cost.atOnce} at once for both; a process looks at as many of one server. A round begins with all of them due and ends when the last finding is kept.`,
    ],
  }
}

const goal: Goal = { kind: 'at most', value: 3 }
