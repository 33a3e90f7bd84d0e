import { withAdminConnection } from '@tenantry/connections/admin'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountInput } from './factories/account.ts'
import { createWorld, type World } from './world.ts'

let world: World<'alder' | 'birch' | 'cypress'>

beforeAll(async () => {
  world = await createWorld(mainServer(), {
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => world.close())

test('each company writes into its own database, and no id of a company is the one its database knows', async () => {
  for (const { people, admin, id, tenantIdInDataSource } of Object.values(world.tenants)) {
    expect(tenantIdInDataSource).not.toBe(id)
    const grant = await world.grantOf(await world.startSession(people.member))
    const account = await world.dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput()))
    const rows = await withAdminConnection(admin, (run) =>
      run('select tenant_id from crm.accounts where id = $1', [account.id]),
    )
    expect(rows).toEqual([{ tenant_id: tenantIdInDataSource }])
  }
})

test('two companies share a database and a third has its own', () => {
  const { alder, birch, cypress } = world.tenants
  expect(alder.admin.database).toBe(birch.admin.database)
  expect(cypress.admin.port).not.toBe(alder.admin.port)
})
