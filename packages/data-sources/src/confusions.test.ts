import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { createDatabase } from '@tenantry/testing/databases'
import { createTenantDatabase } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { expect, test } from 'vitest'
import { usePlacements } from './placements.fixture.ts'
import { openTestDataSources } from './tenants.fixture.ts'
import { askForAnAccount, refused, whose } from './work.fixture.ts'

const placements = usePlacements()

test('swapped URLs, logins and passwords are refused and reported, and no row is read or written', async () => {
  const { first, second, alone, shared, dedicated } = placements
  await using another = await createTenantDatabase(mainServer())
  const { desk, dataSources } = openTestDataSources()
  const { user } = second.app
  const confusions = [
    desk.admit(first, { app: { port: alone.app.port, database: alone.app.database } }),
    desk.admit(second, { app: { ...first.app, user } }),
    desk.admit(first, { app: { password: second.app.password } }),
    desk.admit(first, { app: second.app }),
    desk.admit(first, { app: { database: another.admin.database } }),
  ]
  const counts = () => Promise.all([shared, dedicated, another].map(({ admin }) => rowsTouched(admin)))
  const before = await counts()
  const codes: unknown[] = []
  for (const tenantId of confusions) {
    for (const way of ['withTenant', 'withTenantWriter'] as const) {
      const attempt = dataSources[way](desk.grant(tenantId), askForAnAccount)
      codes.push(
        await attempt.then(
          () => 'it was answered',
          ({ code }: { code: string }) => code,
        ),
      )
    }
  }
  expect(new Set(codes)).toEqual(new Set(['TENANT_DATABASE_REFUSED', 'TENANT_DATABASE_MISMATCH']))
  // One entry for reading and writing: it is the same refusal.
  expect(desk.reported).toEqual(codes.filter((_, at) => at % 2 === 0))
  await dataSources.close()
  expect(await counts()).toEqual(before)

  // The measure itself: one genuine read does move it, as soon as its backend has reported.
  const genuine = openTestDataSources()
  const grant = genuine.desk.grant(genuine.desk.admit(first))
  await refused(genuine.dataSources.withTenant(grant, askForAnAccount), 'NOT_FOUND')
  await genuine.dataSources.close()
  await expect.poll(counts, { timeout: 3_000 }).not.toEqual(before)
})

test('an empty database is no tenant database', async () => {
  await using empty = await createDatabase(mainServer())
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first, { app: empty.admin }))
  await refused(dataSources.withTenant(grant, askForAnAccount), 'TENANT_DATABASE_MISMATCH')
  expect(desk.reasons).toEqual(['it serves no tenant to this role'])
})

test('a clone of the database beside it is refused as a copy', async () => {
  const { first } = placements
  const template = placements.shared.admin.database
  const clone = `${template}_clone`
  const maintenance = { ...placements.shared.admin, database: 'postgres' }
  await withAdminConnection(maintenance, (run) => run(`create database ${clone} template ${template}`))
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(first, { app: { database: clone } }))
  await refused(dataSources.withTenant(grant, askForAnAccount), 'TENANT_DATABASE_MISMATCH')
  expect(desk.reasons).toEqual(['it is a copy on the same server'])
  await dataSources.close()
  await withAdminConnection(maintenance, (run) => run(`drop database ${clone} with (force)`))
})

test('a copy on another server and a backup from before a move are refused as such', async () => {
  const { desk, dataSources } = openTestDataSources()
  const [server, database, epoch] = placements.first.identity.split('/')
  const cases = [
    [`1${server}/${database}/${epoch}`, 'it is a copy on another server'],
    [`${server}/${database}/${Number(epoch) + 1}`, 'it is from before the last move'],
    [`${server}/${database}/0`, 'it has moved since it was set up'],
  ] as const
  for (const [identity, reason] of cases) {
    const grant = desk.grant(desk.admit(placements.first, { identity }))
    await refused(dataSources.withTenant(grant, askForAnAccount), 'TENANT_DATABASE_MISMATCH')
    expect(desk.reasons.at(-1)).toBe(reason)
  }
})

test('a credential sealed for another tenant does not open, and is reported', async () => {
  const { desk, dataSources } = openTestDataSources()
  const { sealedAnonKey } = desk.record(desk.admit(placements.first))
  const grant = desk.grant(desk.admit(placements.first, { sealedAnonKey }))
  await refused(dataSources.withTenant(grant, askForAnAccount), 'CREDENTIAL_WRONG_TENANT')
  expect(desk.reported).toEqual(['CREDENTIAL_WRONG_TENANT'])
})

test('a data source that stays confused is reported once a minute, and again when its cache was cleared', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first, { app: placements.second.app }))
  for (let count = 0; count < 5; count++)
    await refused(dataSources.withTenant(grant, whose), 'TENANT_DATABASE_MISMATCH')
  expect(desk.reported).toHaveLength(1)
  await dataSources.clearTenantCache(grant)
  await refused(dataSources.withTenant(grant, whose), 'TENANT_DATABASE_MISMATCH')
  expect(desk.reported).toHaveLength(2)
})

test('a refusal met while working for another tenant is reported for the one it is about', async () => {
  const { desk, dataSources } = openTestDataSources()
  const [healthy, confused] = [
    desk.admit(placements.first),
    desk.admit(placements.second, { app: placements.first.app }),
  ]
  const work = dataSources.withTenant(desk.grant(healthy), () => dataSources.withTenant(desk.grant(confused), whose))
  await refused(work, 'TENANT_DATABASE_MISMATCH')
  expect(desk.reported).toHaveLength(1)
})

test('a database that is ahead of this release is served: it was migrated before the release starts', async () => {
  await using ahead = await createTenantDatabase(mainServer())
  const [tenant] = ahead.tenants
  if (tenant === undefined) throw new Error('the database has a tenant')
  await withAdminConnection(ahead.admin, (run) =>
    run(`insert into crm.schema_migrations (tag, hash) values ('9999_later', '')`),
  )
  const { desk, dataSources } = openTestDataSources()
  expect(await dataSources.withTenant(desk.grant(desk.admit(tenant)), whose)).toBe(tenant.tenantIdInDataSource)
})

/** Scans and writes of every business table; identity and the list of migrations are what the proof itself may read. */
async function rowsTouched(admin: Target): Promise<unknown> {
  const question = `
    select sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del) as touched
    from pg_stat_user_tables where schemaname = 'crm' and relname not in ('identity', 'schema_migrations')`
  const [row] = await withAdminConnection(admin, (run) => run(question))
  return row?.['touched']
}
