import type { TenantReader } from '@tenantry/tenant-db/types'
import { expect, test } from 'vitest'
import { usePlacements } from './placements.fixture.ts'
import { openTestDataSources, type Grant } from './tenants.fixture.ts'
import { refused, whose } from './work.fixture.ts'

const placements = usePlacements()

test('each grant opens the database of its own tenant, also two tenants in one database', async () => {
  const { desk, dataSources } = openTestDataSources()
  for (const tenant of [placements.first, placements.second, placements.alone]) {
    const grant = desk.grant(desk.admit(tenant))
    expect(await dataSources.withTenant(grant, whose)).toBe(tenant.tenantIdInDataSource)
    expect(await dataSources.withTenantWriter(grant, whose)).toBe(tenant.tenantIdInDataSource)
  }
})

test('a forged, copied or expired grant is refused before anything is read', async () => {
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admit(placements.first)
  const genuine = desk.grant(tenantId)
  const forged: unknown[] = [
    Object.assign({}, genuine),
    Object.create(genuine),
    JSON.parse(JSON.stringify(genuine)),
    {},
  ]
  for (const grant of forged) await refused(dataSources.withTenant(grant as Grant, whose), 'GRANT_REFUSED')
  await refused(dataSources.withTenant(tenantId as unknown as Grant, whose), 'GRANT_REFUSED')
  await refused(dataSources.withTenant(desk.grant(tenantId, { expiresAt: new Date(0) }), whose), 'GRANT_REFUSED')
  expect(desk.loads).toBe(0)
})

test('a grant that only reads opens no transaction', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first), { access: 'read' })
  await refused(dataSources.withTenantWriter(grant, whose), 'TENANT_SUSPENDED')
  expect(await dataSources.withTenant(grant, whose)).toBe(placements.first.tenantIdInDataSource)
})

test('a handle kept past its work is closed', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first))
  const kept: TenantReader[] = []
  await dataSources.withTenant(grant, async (db) => void kept.push(db))
  await dataSources.withTenantWriter(grant, async (db) => void kept.push(db))
  for (const handle of kept) await refused(handle.identity.read(), 'HANDLE_CLOSED')
})

test('a statement that was not awaited fails its transaction', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first))
  const late: Promise<unknown>[] = []
  const work = dataSources.withTenantWriter(
    grant,
    async (db) => void late.push(db.identity.read().catch(() => 'refused')),
  )
  await refused(work, 'HANDLE_CLOSED')
  expect(await dataSources.withTenantWriter(grant, whose)).toBe(placements.first.tenantIdInDataSource)
})

test('nothing is opened before the first grant, and nothing after the end', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first))
  expect(desk.loads).toBe(0)
  await dataSources.close()
  await expect(dataSources.withTenant(grant, whose)).rejects.toMatchObject({ code: 'TENANT_DATABASE_UNREACHABLE' })
})

test('closing waits for the work under way', async () => {
  const { desk, dataSources } = openTestDataSources()
  const ended: string[] = []
  const work = dataSources.withTenant(desk.grant(desk.admit(placements.first)), whose)
  const working = work.then(() => ended.push('work'))
  await dataSources.close().then(() => ended.push('closed'))
  await working
  expect(ended).toEqual(['work', 'closed'])
})
