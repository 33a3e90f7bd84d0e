import { expect, test } from 'vitest'
import { runCrashMatrix, violationsOf } from './run.ts'
import { stages } from './stages.ts'

test(
  'commands that are killed and run again make exactly one of everything and leave nothing behind',
  { timeout: 600_000 },
  async () => {
    const results = await runCrashMatrix({ stages, every: 13, say: () => {} })
    expect(violationsOf(results)).toEqual([])
    expect(results.map(({ kills }) => kills.length > 3)).toEqual(stages.map(() => true))
  },
)
