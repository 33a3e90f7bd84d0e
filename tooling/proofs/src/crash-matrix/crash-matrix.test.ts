import { expect, test } from 'vitest'
import { runDeaths } from './run.ts'
import { deaths } from './stages.ts'

/** All points of all commands are `pnpm crash-matrix`; these are one of each kind. */
test(
  'commands that are killed and run again make exactly one of everything and leave nothing behind',
  { timeout: 600_000 },
  async () => {
    const results = await runDeaths(deaths)
    expect(results.flatMap(({ complaints }) => complaints)).toEqual([])
    expect(results.map(({ point }, nth) => point.startsWith(deaths[nth]?.at.named ?? '?'))).toEqual(
      deaths.map(() => true),
    )
  },
)
