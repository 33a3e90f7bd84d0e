import type { SessionId } from '@tenantry/contracts/ids'
import { generateKey, parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import { createWorld, type World } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotateKeys } from './rotate-keys.ts'
import { under200RequestsASecond } from './steady-load.fixture.ts'

let world: World<'alder' | 'birch' | 'cypress'>
let sessions: SessionId[]
beforeAll(async () => {
  world = await createWorld(mainServer(), {
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
  sessions = await Promise.all(Object.values(world.tenants).map(({ people }) => world.startSession(people.owner)))
})
afterAll(() => world.close())

test('while keys are rotated to and fro, every one of 200 requests a second is answered, and no connection is dropped for it', async () => {
  const newKey = `k2:${generateKey()}`
  const keyrings = [parseKeyring(`${newKey},${world.keys}`), parseKeyring(`${world.keys},${newKey}`)] as const
  const logger = openLogger({ level: 'silent' })
  await using warm = openDataSources({ appDb: world.app.db, keyring: keyrings[0], logger })
  await using cold = openDataSources({ appDb: world.app.db, keyring: keyrings[0], logger })
  const ask = async (count: number) => {
    const grant = await world.grantOf(sessions[count % sessions.length] ?? fail())
    const dataSources = count % 10 === 0 ? cold : warm
    // Every tenth request opens the credential anew, whatever it is sealed under at this moment.
    if (dataSources === cold) await cold.clearTenantCache(grant)
    await dataSources.withTenant(grant, (db) => db.pipelines.list())
  }
  const others = await backends()
  // The tenant with a server of its own, asked through the data sources that stay warm.
  await ask(2)
  const kept = [...(await backends())].filter((pid) => !others.has(pid))
  expect(kept).toHaveLength(1)
  let rotations = 0
  const { failures, count } = await under200RequestsASecond({ request: ask, atLeast: 300 }, async () => {
    for (; rotations < 10; rotations++) {
      const rotation = await rotateKeys({
        sealedValues: world.app.sealedValues,
        keyring: keyrings[rotations % 2] ?? keyrings[0],
        operatorName: 'Olga',
        batchSize: 1,
      })
      expect(rotation).toMatchObject({ resealed: 9, remaining: 0 })
    }
  })
  expect(failures).toEqual([])
  expect(count).toBeGreaterThanOrEqual(300)
  const after = await backends()
  expect(kept.filter((pid) => !after.has(pid))).toEqual([])
})

async function backends(): Promise<Set<unknown>> {
  const text = `select pid from pg_stat_activity where datname = current_database() and usename <> current_user`
  return new Set((await lookInto(world.tenants.cypress.admin, text)).map(({ pid }) => pid))
}

function fail(): never {
  throw new Error('there are no sessions')
}
