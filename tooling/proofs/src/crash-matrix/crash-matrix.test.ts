import { expect, test } from 'vitest'
import { runCrashMatrix, violationsOf } from './run.ts'
import { stages as all } from './stages.ts'

test(
  'commands that are killed and run again make exactly one of everything and leave nothing behind',
  { timeout: 900_000 },
  async () => {
    // The other placements of a transfer differ in what the tests of its package look at too.
    const stages = all.filter(({ name }) => !/transfer (run, dedicated|cutover, shared)/.test(name))
    const results = await runCrashMatrix({ stages, every: 13, say: () => {} })
    expect(violationsOf(results)).toEqual([])
    expect(results.map(({ kills }) => kills.length > 3)).toEqual(stages.map(() => true))
  },
)
