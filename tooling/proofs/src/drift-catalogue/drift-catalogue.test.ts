import { withAdminConnection } from '@tenantry/connections/admin'
import { differencesIn, wordsOf } from '@tenantry/fleet/drift'
import { readFingerprint } from '@tenantry/fleet/fingerprint'
import { meets } from '@tenantry/fleet/shadow'
import { loginGroupsOf } from '@tenantry/tenant-db/provision-groups'
import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plants } from './plants.ts'
import { lookAtHealthy, runPlants } from './run.ts'
import { openDedicated, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage(mainServer())
})
afterAll(() => stage[Symbol.asyncDispose]())

test('databases that have nothing wrong with them have one fingerprint, however they were made', async () => {
  expect((await lookAtHealthy(stage)).filter(({ held }) => !held)).toEqual([])
})

test('a login of a shared database that may become the group it belongs to is found', async () => {
  const { admin, ownerRole, tenants, drop } = await openDedicated(stage, 2)
  const { serving } = loginGroupsOf(ownerRole)
  const words = await withAdminConnection(admin, async (run) => {
    await run(`grant "${serving}" to "${tenants[0]?.app.user}" with set true`)
    expect(meets(await readFingerprint(run), stage.expected.fingerprint)).toBe(false)
    return wordsOf((await differencesIn(run, stage.expected)).differences)
  })
  expect(words).toEqual([expect.stringContaining(`may become ${serving}`)])
  await drop()
})

/** One in five, and the one that takes two transactions; `pnpm drift-catalogue` has them all. */
const some = plants.filter(({ name }, index) => index % 5 === 0 || name === 'a label that is missing in an enum')

test(
  'planted drifts are found by their names, and repaired where nobody has to decide',
  { timeout: 180_000 },
  async () => {
    expect(plants.length).toBeGreaterThanOrEqual(20)
    expect((await runPlants(stage, some)).filter(({ held }) => !held)).toEqual([])
  },
)
