import { templateOwner } from '@tenantry/tenant-db/template'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operatorGrant, stageFleet, type FleetStage } from './stage.fixture.ts'

let stage: FleetStage
beforeAll(async () => {
  stage = await stageFleet()
})
afterAll(() => stage.close())

test.each(['dedicated', 'shared'] as const)(
  'a company is created with all that belongs to it: %s',
  async (placement) => {
    const input = stage.input({ placement })
    const { plan, invitation } = await stage.create(input)
    expect(await stage.app.db.tenants.findForOperator(input.slug)).toMatchObject({
      id: plan.tenantId,
      status: 'active',
      placement,
      tenantIdInDataSource: plan.tenantIdInDataSource,
      dataSourceRegion: 'eu',
    })
    expect(plan.tenantIdInDataSource).not.toBe(plan.tenantId)
    const seen = await stage.dataSources.withTenant(await operatorGrant(stage, input.slug), async (db) => ({
      pipelines: await db.pipelines.list(),
      people: await db.memberRefs.list(),
      items: await db.catalogItems.list({ show: 'active', order: 'asc', limit: 50, sort: 'name', filters: {} }),
    }))
    expect(seen.pipelines).toMatchObject([{ name: 'Bookings', isDefault: true }])
    expect(seen.items.rows).toHaveLength(6)
    expect(new Set(seen.items.rows.map(({ currency }) => currency))).toEqual(new Set([input.currency]))
    expect(seen.people).toMatchObject([{ name: 'Olga', email: input.owner.email, isActive: true }])
    expect(invitation?.token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  },
)

test('the roles are what they should be: no login for the owner, no power for the logins', async () => {
  const { plan } = await stage.create(stage.input())
  const roles = await stage.ask(
    'postgres',
    `select rolname, rolcanlogin, rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication or rolinherit as power
     from pg_roles where rolname = any($1) order by rolname`,
    [[plan.ownerRole, plan.appRole, plan.serviceRole]],
  )
  expect(roles.map(({ rolcanlogin }) => rolcanlogin)).toEqual([false, true, true])
  expect(roles.slice(1).map(({ power }) => power)).toEqual([false, false])
  const owned = `select count(*)::int as n from pg_class c join pg_roles r on r.oid = c.relowner
    where c.relnamespace = 'crm'::regnamespace and r.rolname <> $1`
  expect(await stage.ask(plan.database, owned, [plan.ownerRole])).toEqual([{ n: 0 }])
})

test('a copy of the template says of its functions and rights what a migrated database says', async () => {
  const { plan: copied } = await stage.create(stage.input())
  const { plan: migrated } = await stage.create(stage.input({ placement: 'shared' }))
  const rights = (database: string, owner: string) =>
    stage.ask(
      database,
      `select 'default' as what, defaclobjtype::text as name, replace(defaclacl::text, $1, 'OWNER') as acl from pg_default_acl
       union all select 'function', proname, replace(proacl::text, $1, 'OWNER') from pg_proc where pronamespace = 'crm'::regnamespace
       union all select 'database', '', (select count(*) from aclexplode(datacl) where grantee = 0)::text from pg_database where datname = current_database()
       order by 1, 2`,
      [owner],
    )
  const neutral = async ({ database, ownerRole, appRole }: typeof copied) =>
    JSON.stringify(await rights(database, ownerRole))
      .replaceAll(appRole, 'APP')
      // A shared one lets groups do what another one lets logins do.
      .replaceAll('OWNER_serving', 'APP')
      .replaceAll('OWNER_reading', 'APP_support')
  expect(await neutral(copied)).toBe(await neutral(migrated))
})

test('a slug that is taken and a database that is there are refused before anything is made', async () => {
  const input = stage.input()
  await stage.create(input)
  const again = stage.input({ slug: input.slug })
  await expect(stage.create(again)).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'slug' } })
  const sameDatabase = stage.input({ database: input.database })
  await expect(stage.create(sameDatabase)).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'database' } })
  expect(await stage.app.db.tenants.findForOperator(sameDatabase.slug)).toBeUndefined()
  expect(await stage.ask('postgres', 'select from pg_database where datname = $1', [again.database])).toEqual([])
})

test('only a database that tenants share takes one more: not a company’s own, not the application’s, not anybody’s', async () => {
  const own = stage.input()
  await stage.create(own)
  const [strange, empty] = [stage.input(), stage.input({ placement: 'shared' })]
  for (const { database } of [strange, empty]) await stage.ask('postgres', `create database "${database}"`)
  await stage.ask(strange.database, 'create table public.things (id int)')
  // The own database of a company of another installation, of which nothing is known here.
  const foreign = stage.input()
  const { plan } = await stage.create(foreign)
  await stage.ask(foreign.database, 'update crm.identity set tenant_id = $1', [randomUUID()])
  const taken = [own.database, stage.appAdmin.database, 'postgres', 'template1', strange.database, plan.database]
  for (const database of taken) {
    const guest = stage.input({ placement: 'shared', database })
    const refused = { code: 'CONFLICT', data: { field: 'database' } }
    const made: unknown = await stage.create(guest).catch((error: unknown) => error)
    expect({ database, made }).toMatchObject({ database, made: refused })
    expect(await stage.app.db.tenants.findForOperator(guest.slug)).toBeUndefined()
  }
  // One that somebody has made for it is fine, and so is the next company.
  await stage.create(empty)
  await stage.create(stage.input({ placement: 'shared', database: empty.database }))
  for (const { database } of [strange, empty]) await stage.ask('postgres', `drop database "${database}" with (force)`)
})

test('no password, key or token stands in the journal or the audit log', async () => {
  const input = stage.input()
  const { invitation } = await stage.create(input)
  const [kept] = await stage.app.runs.list({ subject: input.slug })
  if (kept === undefined) throw new Error('no run')
  const written = JSON.stringify([
    kept,
    await stage.app.runs.unitsOf(kept.id),
    (await stage.app.db.audit.list(await operatorGrant(stage, input.slug), { limit: 100 })).rows,
  ])
  expect(written).not.toContain(invitation?.token)
  expect(written).not.toMatch(/password|SCRAM|t1\.k1/i)
})

test('the owner who has an account with a password is not invited to choose another one', async () => {
  const first = stage.input()
  const { invitation } = await stage.create(first)
  await stage.app.db.invitations.accept(invitation?.token ?? '', 'a hash')
  const second = await stage.create(stage.input({ owner: first.owner }))
  expect(second.invitation).toBeUndefined()
})

test('two companies of one new owner are made at once, and the owner is one person', async () => {
  const owner = { email: `${randomUUID()}@owner.example`, name: 'Both' }
  const made = await Promise.all([stage.input({ owner }), stage.input({ owner })].map((input) => stage.create(input)))
  expect(new Set(made.map(({ plan }) => plan.tenantId)).size).toBe(2)
  const found = await stage.ask(
    stage.appAdmin.database,
    `select count(distinct u.id)::int as people, count(*)::int as memberships
     from app.users u join app.memberships m on m.user_id = u.id where u.email = $1`,
    [owner.email],
  )
  expect(found).toEqual([{ people: 1, memberships: 2 }])
})

test('a template of another release that is being made meanwhile keeps what its owner may do there', async () => {
  await stage.create(stage.input())
  const unfinished = `being_made_${randomUUID().slice(0, 8)}`
  await stage.ask('postgres', `create database ${unfinished}`)
  try {
    await stage.ask('postgres', `grant create on database ${unfinished} to ${templateOwner}`)
    await stage.create(stage.input())
    const may = `select has_database_privilege('${templateOwner}', '${unfinished}', 'create') as may`
    expect(await stage.ask('postgres', may)).toEqual([{ may: true }])
  } finally {
    await stage.ask('postgres', `drop database ${unfinished}`)
  }
})
