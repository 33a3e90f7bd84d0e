import { expect, test } from 'vitest'
import { violationsOf } from './report.ts'
import { runKills, sizesOf } from './run.ts'

test('kills of backends, connections and servers lose, halve and misplace nothing', { timeout: 120_000 }, async () => {
  const result = await runKills(sizesOf(40), () => {})
  expect(violationsOf(result)).toEqual([])
  expect(result.phases.map(({ accidents }) => accidents)).toEqual([40, 8, 2])
})
