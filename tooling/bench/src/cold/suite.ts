import { compare } from '../figure.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { ColdTimes } from './program.ts'

/** The first row of a tenant that no connection and no cache knows. */
export async function measureCold({ world, onProgress }: SuiteInput): Promise<SuiteResult> {
  onProgress('A cold tenant, beside a raw connect')
  const { ours, raw } = await runProgram<ColdTimes>('./cold/program.ts', { world })
  const goal = { kind: 'at most', value: 1.5 } as const
  const named = {
    suite: 'cold',
    name: 'first row of a cold tenant',
    against: 'raw connect and query',
    unit: 'ms',
    goal,
  }
  return { figures: [compare(named, ours, raw)], notes: [] }
}
