import { withAdminConnection } from '@tenantry/connections/admin'
import { raiseEpoch } from '@tenantry/tenant-db/epoch'
import { accountInput } from '@tenantry/testing/factories/account'
import { expect, test } from 'vitest'
import { usePlacements } from './placements.fixture.ts'
import { openTestDataSources } from './tenants.fixture.ts'
import { refused, whose } from './work.fixture.ts'

const placements = usePlacements()

test('a grant from before a move writes nothing into the database that was left', async () => {
  const { alone, dedicated } = placements
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admit(alone)
  const before = desk.grant(tenantId)
  const create = () => dataSources.withTenantWriter(before, (db) => db.accounts.create(accountInput()))
  await create()
  const identity = await raiseEpoch(alone)
  Object.assign(desk.record(tenantId), { version: 2, identity })
  const count = () =>
    withAdminConnection(dedicated.admin, (run) => run('select count(*)::int as count from crm.accounts'))
  expect(await count()).toEqual([{ count: 1 }])
  await expect(create()).rejects.toMatchObject({ code: 'TENANT_DATABASE_MOVED', retryAfterSeconds: 1 })
  expect(await count()).toEqual([{ count: 1 }])
  // What was remembered is forgotten, so that the next attempt finds where the data lives now.
  await create()
  expect(await count()).toEqual([{ count: 2 }])
})

test('a grant from before a suspension that raised the epoch writes nothing, although the new epoch is known here', async () => {
  const { alone } = placements
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admit(alone, { identity: await raiseEpoch(alone) })
  const before = desk.grant(tenantId)
  const identity = await raiseEpoch(alone)
  Object.assign(desk.record(tenantId), { version: 2, identity, status: 'suspended' })
  // Nobody has told this process; it learns of the epoch because somebody reads.
  await dataSources.withTenant(desk.grant(tenantId, { dataSourceVersion: 2, access: 'read' }), whose)
  await refused(dataSources.withTenantWriter(before, whose), 'TENANT_SUSPENDED')
  Object.assign(desk.record(tenantId), { version: 3, status: 'active' })
  const after = desk.grant(tenantId, { dataSourceVersion: 3 })
  expect(await dataSources.withTenantWriter(after, whose)).toBe(alone.tenantIdInDataSource)
})

test('a tenant whose move was interrupted is read as before and not written to, until the move is finished', async () => {
  const { first, second } = placements
  const { desk, dataSources } = openTestDataSources()
  const [mine, other] = [desk.admit(first), desk.admit(second)]
  await dataSources.withTenant(desk.grant(mine), whose)
  const identity = await raiseEpoch(first)
  expect(await dataSources.withTenant(desk.grant(mine), whose)).toBe(first.tenantIdInDataSource)
  await refused(dataSources.withTenantWriter(desk.grant(mine), whose), 'TENANT_DATABASE_MOVED')
  await refused(dataSources.withTenantWriter(desk.grant(mine), whose), 'TENANT_DATABASE_MISMATCH')
  expect(desk.reasons).toEqual(['it has moved since it was set up'])
  expect(await dataSources.withTenantWriter(desk.grant(other), whose)).toBe(second.tenantIdInDataSource)
  Object.assign(desk.record(mine), { version: 2, identity })
  const after = desk.grant(mine, { dataSourceVersion: 2 })
  expect(await dataSources.withTenantWriter(after, whose)).toBe(first.tenantIdInDataSource)
})
