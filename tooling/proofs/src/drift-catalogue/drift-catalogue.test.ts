import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plants } from './plants.ts'
import { lookAtHealthy, runPlants } from './run.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage(mainServer())
})
afterAll(() => stage[Symbol.asyncDispose]())

test('databases that have nothing wrong with them have one fingerprint, however they were made', async () => {
  expect((await lookAtHealthy(stage)).filter(({ held }) => !held)).toEqual([])
})

/** One in five; `pnpm drift-catalogue` has them all. */
const some = plants.filter((_, index) => index % 5 === 0)

test(
  'planted drifts are found by their names, and repaired where nobody has to decide',
  { timeout: 180_000 },
  async () => {
    expect(plants.length).toBeGreaterThanOrEqual(20)
    expect((await runPlants(stage, some)).filter(({ held }) => !held)).toEqual([])
  },
)
