import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { AccountListQuery } from '@tenantry/contracts/accounts'
import { migrationTags, newestVersion, oldestServed } from '@tenantry/tenant-db/proof'
import { addTenantToDatabase, prepareTenantDatabase } from '@tenantry/tenant-db/provision'
import type { TenantReader } from '@tenantry/tenant-db/types'
import { createDatabase } from '@tenantry/testing/databases'
import type { TestTenant } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { openTestDataSources } from './tenants.fixture.ts'
import { refused, whose } from './work.fixture.ts'

const listAccounts = (db: TenantReader) => db.accounts.list(AccountListQuery.parse({}))
const beforeOldest = migrationTags[migrationTags.indexOf(oldestServed) - 1] ?? ''

/** A tenant whose database stopped at this migration. */
async function tenantAt(upTo: string) {
  const { admin, drop } = await createDatabase(mainServer())
  onTestFinished(drop)
  const ownerRole = `${admin.database}_owner`
  await prepareTenantDatabase(admin, { ownerRole, upTo })
  const tenantIdInDataSource = randomUUID()
  const login = (kind: string) => ({ role: `${admin.database}_${kind}`, password: randomUUID() })
  const app = login('app')
  const admitted = await addTenantToDatabase(admin, { ownerRole, tenantIdInDataSource, app, service: login('service') })
  const startup = { 'tenantry.tenant_id': tenantIdInDataSource }
  const target: Target = { ...admin, user: app.role, password: () => app.password, startup }
  const tenant: TestTenant = {
    tenantIdInDataSource,
    identity: admitted.identity,
    app: target,
    pooled: target,
    service: target,
    support: target,
  }
  return { admin, tenant, migrate: () => prepareTenantDatabase(admin, { ownerRole }) }
}

test('of a tenant that is behind, work that needs more is answered so; other work goes on, and all of it once the database is migrated', async () => {
  const { tenant, migrate } = await tenantAt(oldestServed)
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(tenant))
  const needs = { requires: newestVersion }
  const began: string[] = []
  const work = async (db: TenantReader) => {
    began.push('work')
    return await whose(db)
  }
  for (const attempt of [
    () => dataSources.withTenant(grant, work, needs),
    () => dataSources.withTenantWriter(grant, work, needs),
    () => dataSources.withTenantStatement(grant, work, needs),
  ]) {
    await expect(attempt()).rejects.toMatchObject({
      code: 'TENANT_SCHEMA_BEHIND',
      detail: { version: oldestServed, requires: newestVersion },
    })
  }
  expect(began).toEqual([])
  expect(await dataSources.withTenant(grant, listAccounts)).toMatchObject({ rows: [] })
  expect(await dataSources.withTenant(grant, work, { requires: oldestServed })).toBe(tenant.tenantIdInDataSource)
  expect(await dataSources.getTenantConnectionInfo(grant)).toMatchObject({
    test: { success: true },
    schemaVersion: oldestServed,
    breaker: { read: 'closed', write: 'closed' },
  })

  await migrate()
  expect(await dataSources.withTenant(grant, work, needs)).toBe(tenant.tenantIdInDataSource)
})

test('a procedure that forgot what it requires is answered as behind, never with a column that does not exist', async () => {
  const { admin, tenant, migrate } = await tenantAt(oldestServed)
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(tenant))
  await withAdminConnection(admin, (run) => run('alter table crm.accounts rename column website to web'))
  await expect(dataSources.withTenant(grant, listAccounts)).rejects.toMatchObject({
    code: 'TENANT_SCHEMA_BEHIND',
    detail: { version: oldestServed, about: expect.stringContaining('does not exist') as string },
  })
  // In a database that has every migration it is a fault of ours, and is not to be explained away.
  await migrate()
  const fresh = openTestDataSources()
  await refused(
    fresh.dataSources.withTenant(fresh.desk.grant(fresh.desk.admit(tenant)), listAccounts),
    'DATABASE_ERROR',
  )
})

test('a database from before the oldest version that is served is refused as a whole', async () => {
  const { tenant } = await tenantAt(beforeOldest)
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(tenant))
  await refused(dataSources.withTenant(grant, whose), 'TENANT_SCHEMA_BEHIND')
  expect(await dataSources.getTenantConnectionInfo(grant)).toMatchObject({
    test: { success: false, code: 'TENANT_SCHEMA_BEHIND' },
    schemaVersion: beforeOldest,
  })
  expect(desk.reported).toEqual([])
})
