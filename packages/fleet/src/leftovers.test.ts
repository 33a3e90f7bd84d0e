import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLeftovers, sweepLeftover } from './leftovers.ts'
import { stageFleet, type FleetStage } from './stage.fixture.ts'

let stage: FleetStage
beforeAll(async () => {
  stage = await stageFleet()
})
afterAll(() => stage.close())

/** Leftovers of this file's own companies: other files make templates on the same server. */
async function leftovers(slug: string) {
  const options = { app: stage.app, servers: [stage.server] }
  return (await findLeftovers(options)).filter((leftover) => leftover.slug === slug)
}

/** As when the application database comes back from a backup of yesterday. */
async function forget(slug: string) {
  await stage.ask(
    stage.appAdmin.database,
    `with t as (select id from app.tenants where slug = $1), m as (delete from app.memberships where tenant_id in (select id from t))
     delete from app.tenants where id in (select id from t)`,
    [slug],
  )
}

test('what belongs to a tenant is no leftover; what is left when its record is lost is found, swept and then gone', async () => {
  const input = stage.input()
  const { plan } = await stage.create(input)
  expect(await leftovers(input.slug)).toEqual([])
  await forget(input.slug)
  // As after a change of password.
  await stage.ask('postgres', `alter role "${plan.serviceRole}" rename to "${plan.serviceRole}_b"`)
  const found = await leftovers(input.slug)
  expect(found.map(({ kind, name }) => [kind, name])).toEqual([
    ['database', plan.database],
    ['role', plan.ownerRole],
    ['role', plan.appRole],
    ['role', `${plan.serviceRole}_b`],
    ['role', `${plan.appRole}_support`],
  ])
  for (const leftover of found) await sweepLeftover({ app: stage.app, servers: [stage.server] }, leftover)
  expect(await leftovers(input.slug)).toEqual([])
  expect(await stage.ask('postgres', 'select from pg_database where datname = $1', [plan.database])).toEqual([])
})

test('of a shared database only the lost tenant’s logins are left over, never the database', async () => {
  const lost = stage.input({ placement: 'shared' })
  const kept = stage.input({ placement: 'shared', database: lost.database })
  const { plan } = await stage.create(lost)
  await stage.create(kept)
  await forget(lost.slug)
  const found = await leftovers(lost.slug)
  expect(found.map(({ name }) => name)).toEqual([plan.appRole, plan.serviceRole, `${plan.appRole}_support`])
  for (const leftover of found) await sweepLeftover({ app: stage.app, servers: [stage.server] }, leftover)
  expect(await leftovers(lost.slug)).toEqual([])
})

test('a database that a new company of the same name has, or that serves somebody else, is nobody’s to sweep', async () => {
  const input = stage.input()
  const { plan } = await stage.create(input)
  await forget(input.slug)
  // Somebody else has put a tenant of theirs into it.
  const other = '01900000-0000-7000-8000-0000000000aa'
  await stage.ask(plan.database, `update crm.identity set tenant_id = $1 where role = $2`, [other, plan.serviceRole])
  expect((await leftovers(input.slug)).map(({ kind }) => kind)).toEqual(['role', 'role', 'role'])
})
