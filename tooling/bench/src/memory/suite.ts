import { alone } from '../figure.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { MemoryGrowth } from './program.ts'

/** What tenants cost that have been used and are not connected to. */
export async function measureMemory({ world, onProgress }: SuiteInput): Promise<SuiteResult> {
  onProgress('Memory of 1,000 configured tenants')
  const { heapMb, residentMb } = await runProgram<MemoryGrowth>('./memory/program.ts', { world }, ['--expose-gc'])
  const goal = { kind: 'at most', value: 60 } as const
  const named = { suite: 'memory', name: '1,000 configured tenants, no connection', unit: 'MB', goal }
  return {
    figures: [
      alone({ ...named, against: 'heap and buffers' }, [heapMb]),
      alone({ ...named, against: 'resident set' }, [residentMb]),
    ],
    notes: [],
  }
}
