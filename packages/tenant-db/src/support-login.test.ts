import { withAdminConnection } from '@tenantry/connections/admin'
import { openDatabase } from '@tenantry/connections/database'
import { openPool } from '@tenantry/connections/pool'
import type { Target } from '@tenantry/connections/target'
import type { UserId } from '@tenantry/contracts/ids'
import { createTenantDatabase, type TenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantReader, tenantWriter } from './open.ts'
import { readsOnlyQuestion } from './proof.ts'
import { addSupportLogin } from './provision-support.ts'

describe.each([
  ['dedicated', 1],
  ['shared', 2],
])('the login of support access in a %s database', (_, tenantCount) => {
  let database: TenantDatabase
  let tenant: TestTenant
  beforeAll(async () => {
    database = await createTenantDatabase(mainServer(), tenantCount)
    for (const each of database.tenants) {
      await ask(each.app, `insert into crm.accounts (name) values ('Of ${each.tenantIdInDataSource}')`)
      tenant = each
    }
  })
  afterAll(() => database.drop())

  const tables = () =>
    ask(
      database.admin,
      `select relname as name, attname as column, c.relkind as kind from pg_class c
       join lateral (select attname from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
         and attidentity = '' and attgenerated = '' order by attnum limit 1) a on true
       where relnamespace = 'crm'::regnamespace and relkind in ('r', 'p', 'v') order by 1`,
    )

  test('reads the rows of its own tenant and of no other', async () => {
    expect(await ask(tenant.support, 'select name from crm.accounts')).toEqual([
      { name: `Of ${tenant.tenantIdInDataSource}` },
    ])
  })

  test('has SELECT on every table but the identities and the texts of the search, and no other right on any', async () => {
    const rights = await ask(
      database.admin,
      `select c.relname as table, p as right from pg_class c,
         unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) p
       where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p', 'v')
         and has_table_privilege('${tenant.support.user}', c.oid, p)`,
    )
    expect([...new Set(rights.map((row) => row['right']))]).toEqual(['SELECT'])
    const readable = new Set(rights.map((row) => row['table']))
    const names = (await tables()).map((row) => row['name'])
    expect(readable).toEqual(new Set(names.filter((name) => name !== 'identity' && name !== 'search_texts')))
    const columns = await ask(
      database.admin,
      `select from pg_class c where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p', 'v')
         and has_any_column_privilege('${tenant.support.user}', c.oid, 'INSERT, UPDATE, REFERENCES')`,
    )
    expect(columns).toEqual([])
  })

  test('Postgres refuses it every insert, update, delete and truncate, table by table', async () => {
    await withAdminConnection(tenant.support, async (run) => {
      let refused = 0
      for (const { name, column } of (await tables()).filter((table) => table['kind'] !== 'v'))
        for (const statement of [
          `insert into crm."${String(name)}" default values`,
          `update crm."${String(name)}" set "${String(column)}" = "${String(column)}"`,
          `delete from crm."${String(name)}"`,
          `truncate crm."${String(name)}"`,
          `select from crm."${String(name)}" for update`,
        ]) {
          await expect(run(statement)).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
          refused++
        }
      expect(refused).toBeGreaterThan(180)
    })
  })

  test('a writing handle over its connection writes nothing', async () => {
    const pool = openPool(tenant.support, { max: 1 })
    const opened = openDatabase(pool)
    const actor = { id: null, kind: 'operator', requestId: 'test' } as const
    const person = { userId: v7() as UserId, name: 'Planted', email: null, status: 'active' } as const
    const writing = opened.transaction((tx) => tenantWriter(tx, actor).memberRefs.put([person]))
    await expect(writing).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
    expect(await tenantReader(opened.reader).memberRefs.list()).toEqual([])
    await pool.close()
  })

  test.each([
    ['become the owner', () => `set role "${database.ownerRole}"`],
    ['become the login that serves requests', () => `set role "${tenant.app.user}"`],
    ['call what gives rights', () => `call crm.grant_serving_rights('${tenant.support.user}')`],
    ['make a table', () => 'create table crm.stray (id int)'],
    ['make a temporary table', () => 'create temporary table stray (id int)'],
    ['read the identities', () => 'select * from crm.identity'],
  ])('cannot %s', async (_attempt, statement) => {
    await expect(ask(tenant.support, statement())).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
  })

  test('what it grants itself it does not have', async () => {
    await ask(tenant.support, `grant insert on crm.accounts to "${tenant.support.user}"`)
    await expect(ask(tenant.support, `insert into crm.accounts (name) values ('Planted')`)).rejects.toMatchObject({
      detail: { sqlstate: '42501' },
    })
  })

  test('claiming another tenant than its own it gets nothing', async () => {
    const claimed = { ...tenant.support, startup: { 'tenantry.tenant_id': randomUUID() } }
    await expect(ask(claimed, 'select * from crm.accounts')).rejects.toMatchObject({ detail: { sqlstate: '28000' } })
  })

  test('it says of itself that it can only read; the login that serves requests may not say so', async () => {
    expect(await ask(tenant.support, readsOnlyQuestion)).toEqual([{ readsOnly: true }])
    await expect(ask(tenant.app, readsOnlyQuestion)).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
  })

  test('it no longer says so once it was given a right to change something', async () => {
    await ask(database.admin, `grant delete on crm.accounts to "${tenant.support.user}"`)
    expect(await ask(tenant.support, readsOnlyQuestion)).toEqual([{ readsOnly: false }])
    await ask(database.admin, `revoke delete on crm.accounts from "${tenant.support.user}"`)
  })

  test('the renewal after a migration keeps readers readers, reads what is new, and takes back what a hand added', async () => {
    await ask(database.admin, `grant insert on crm.accounts to "${tenant.support.user}"`)
    await ask(database.admin, `grant update (name) on crm.accounts to "${tenant.support.user}"`)
    const owner = { ...database.admin, startup: { role: database.ownerRole } }
    await ask(owner, 'create table crm.made_later (id int)')
    await ask(owner, 'call crm.renew_serving_rights()')
    expect(await ask(tenant.support, 'select * from crm.made_later')).toEqual([])
    for (const statement of [
      `insert into crm.accounts (name) values ('Planted')`,
      `update crm.accounts set name = 'Changed'`,
      'insert into crm.made_later values (1)',
    ])
      await expect(ask(tenant.support, statement)).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
    expect(await ask(tenant.app, 'insert into crm.made_later values (1) returning id')).toEqual([{ id: 1 }])
    await ask(owner, 'drop table crm.made_later')
  })

  test('made again with another password, it is the same login with the same rights', async () => {
    const support = { role: tenant.support.user, password: 'another password of tests' }
    await addSupportLogin(database.admin, { tenantIdInDataSource: tenant.tenantIdInDataSource, support })
    const renewed = { ...tenant.support, password: () => support.password }
    expect(await ask(renewed, readsOnlyQuestion)).toEqual([{ readsOnly: true }])
  })
})

function ask(target: Target, text: string) {
  return withAdminConnection(target, (run) => run(text))
}
