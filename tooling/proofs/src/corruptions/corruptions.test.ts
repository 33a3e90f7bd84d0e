import { mainServer } from '@tenantry/vitest-config/servers'
import { expect, test } from 'vitest'
import { runCorruptions } from './run.ts'

test('verify names table, key and column of everything that was spoiled, and nothing else', async () => {
  const result = await runCorruptions(mainServer(), { count: 50, seed: 7 })
  expect(result).toMatchObject({ ok: true, found: 50, missed: [], falseAlarms: [], unrepaired: 0 })
  expect(Object.keys(result.byWhat).length).toBeGreaterThan(6)
})
