import { expect, test } from 'vitest'
import { runCrashMatrix, violationsOf } from './run.ts'
import { fewStages } from './stages.ts'

/** All points of all commands are `pnpm crash-matrix`; these are the same ones each time. */
const choice = { draw: 1, seed: 12 }

test(
  'commands that are killed and run again make exactly one of everything and leave nothing behind',
  { timeout: 600_000 },
  async () => {
    const results = await runCrashMatrix({ stages: fewStages, choice, say: () => {} })
    expect(violationsOf(results)).toEqual([])
    const kills = results.map(({ kills: made }) => made.filter(({ point }) => point !== 'none').length)
    expect(kills).toEqual(fewStages.map(() => choice.draw))
  },
)
