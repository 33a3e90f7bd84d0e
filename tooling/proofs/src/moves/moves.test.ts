import { expect, test } from 'vitest'
import { violationsOf } from './report.ts'
import { runMoves } from './run.ts'

test(
  'no write lands in a database that was left, whatever the processes have heard',
  { timeout: 240_000 },
  async () => {
    const result = await runMoves({ changes: 16, processes: 2 }, () => {})
    expect(violationsOf(result)).toEqual([])
    expect(result.phases.map(({ changes }) => changes)).toEqual([4, 4, 4, 4])
  },
)
