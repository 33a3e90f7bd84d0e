import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { createTenantDatabase, type TenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admitLogin, removeLogin } from './logins.ts'
import { ensureLoginGroups } from './provision-groups.ts'
import { addTenantToDatabase } from './provision.ts'
import { addSupportLogin } from './provision-support.ts'
import { loginsOf, setServing, type Serving } from './serving.ts'

/** As databases are that were shared before there were groups: each login has rights of its own. */
let database: TenantDatabase
let [first, second]: TestTenant[] = []
beforeAll(async () => {
  database = await createTenantDatabase(mainServer())
  first = database.tenants[0]
  second = await oneMore()
})
afterAll(() => database.drop())

test('logins from before there were groups become members of them, and each can do what it could', async () => {
  const [reading, writing] = [tenant(first), tenant(second)]
  await setStateOf(reading, 'reading', database.admin)
  const before = await Promise.all([reading.app, writing.app, reading.support, writing.support].map(mayWrite))
  expect(before).toEqual([false, true, false, false])
  expect(await ownRights()).not.toEqual([])
  await ensureGroups()
  expect(await ownRights()).toEqual([])
  const after = await Promise.all([reading.app, writing.app, reading.support, writing.support].map(mayWrite))
  expect(after).toEqual(before)
  // Again: nothing to do.
  await ensureGroups()
})

test('one more tenant adds nothing to the rights of any table, column, function or of the schema', async () => {
  await ensureGroups()
  const before = await rightsInAll()
  const third = await oneMore()
  expect(await mayWrite(third.app)).toBe(true)
  expect(await mayWrite(third.support)).toBe(false)
  expect(await rightsInAll()).toEqual(before)
})

test('the owner takes from a tenant what an administrator gave it, and gives it back; the others go on', async () => {
  await ensureGroups()
  const [mine, theirs] = [tenant(second), tenant(first)]
  await setStateOf(theirs, 'all', database.admin)
  for (const [state, writes] of [
    ['reading', false],
    ['all', true],
    ['reading', false],
    ['all', true],
  ] as const) {
    await setStateOf(mine, state, mine.service)
    expect(await Promise.all([mine.app, mine.support, theirs.app].map(mayWrite))).toEqual([writes, false, true])
  }
})

test('while a password rotates two logins of a tenant write, and the first one takes nothing along when it goes', async () => {
  await ensureGroups()
  const { tenantIdInDataSource, app } = tenant(second)
  const role = `${app.user}_b`
  const login = { role, password: 'another password of tests', tenantIdInDataSource, rights: 'serving' } as const
  await withAdminConnection(database.admin, (run) => admitLogin(run, database.admin.database, login))
  const other = { ...app, user: role, password: () => login.password }
  expect(await Promise.all([app, other].map(mayWrite))).toEqual([true, true])
  await withAdminConnection(database.admin, (run) => removeLogin(run, role))
  expect(await mayWrite(app)).toBe(true)
})

test('a right that a hand gave to a member is taken back with the next migration', async () => {
  await ensureGroups()
  const { support, service } = tenant(second)
  await ask(database.admin, `grant insert on crm.accounts to "${support.user}"`)
  expect(await mayWrite(support)).toBe(true)
  await ask(service, 'call crm.renew_serving_rights()')
  expect(await mayWrite(support)).toBe(false)
  expect(await ownRights()).toEqual([])
})

/** By whichever test comes first. */
function ensureGroups() {
  return withAdminConnection(database.admin, (run) => ensureLoginGroups(run, database.ownerRole))
}

async function oneMore(): Promise<TestTenant> {
  const tenantIdInDataSource = randomUUID()
  const name = `tenant_${tenantIdInDataSource.replaceAll('-', '').slice(0, 16)}`
  const login = (role: string) => ({ role, password: `the password of ${role}` })
  const [app, service, support] = [login(name), login(`${name}_service`), login(`${name}_support`)]
  const admission = { ownerRole: database.ownerRole, tenantIdInDataSource, app, service }
  const { identity } = await addTenantToDatabase(database.admin, admission)
  await addSupportLogin(database.admin, { tenantIdInDataSource, support })
  const as = ({ role, password }: typeof app): Target => ({ ...database.admin, user: role, password: () => password })
  const owner = { ...as(service), startup: { role: database.ownerRole } }
  return { tenantIdInDataSource, identity, app: as(app), pooled: as(app), service: owner, support: as(support) }
}

function tenant(one: TestTenant | undefined): TestTenant {
  if (one === undefined) throw new Error('a tenant was asked for')
  return one
}

/** As the console does it over the owner's side, or an administrator. */
function setStateOf(one: TestTenant, state: Serving, as: Target) {
  return withAdminConnection(as, async (run) => {
    const { serving } = await withAdminConnection(database.admin, (admin) => loginsOf(admin, one.tenantIdInDataSource))
    await setServing(run, { serving, service: [], current: one.app.user ?? '' }, state)
  })
}

/** Reads in any case. */
async function mayWrite(login: Target): Promise<boolean> {
  await ask(login, 'select name from crm.accounts limit 1')
  return await ask(login, `insert into crm.accounts (name) values ('Acme')`).then(
    () => true,
    () => false,
  )
}

/** Of tables, columns, functions and the schema, those that name a login. */
function ownRights() {
  return ask(
    database.admin,
    `${everyRight} select distinct r.rolname from "right" join pg_roles r on r.oid = grantee where r.rolcanlogin`,
  )
}

function rightsInAll() {
  return ask(database.admin, `${everyRight} select count(*)::int as n from "right"`)
}

const everyRight = `with "right" (grantee) as (
  select a.grantee from pg_class c, aclexplode(c.relacl) a where c.relnamespace = 'crm'::regnamespace
  union all select a.grantee from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
    where c.relnamespace = 'crm'::regnamespace
  union all select a.grantee from pg_proc p, aclexplode(p.proacl) a where p.pronamespace = 'crm'::regnamespace
  union all select a.grantee from pg_namespace n, aclexplode(n.nspacl) a where n.nspname = 'crm')`

function ask(target: Target, text: string) {
  return withAdminConnection(target, (run) => run(text))
}
