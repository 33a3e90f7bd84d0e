import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { expect, test } from 'vitest'
import { procedurePaths } from './caller.ts'
import { policy } from './policy.ts'
import { runMatrix } from './run.ts'
import { openStage } from './stage.ts'

test('the policy speaks about the procedures of the router, all of them and no others', () => {
  expect(Object.keys(policy).toSorted()).toEqual(procedurePaths.toSorted())
})

test('every procedure decides for every caller and every row as the policy says', { timeout: 300_000 }, async () => {
  await using stage = await openStage({ main: mainServer(), elsewhere: elsewhereServer() })
  const { cells, failures } = await runMatrix(stage)
  expect(failures).toEqual([])
  expect(cells.length).toBeGreaterThan(1000)
})
