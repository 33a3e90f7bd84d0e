import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { insert, useEvents } from './events.fixture.ts'
import { leavesSessionState } from './session-state.ts'

const home = useEvents()

test.each([
  ['a setting', 'set search_path to pg_catalog'],
  ['another role', 'set role pg_monitor'],
  ['a setting made by a function', "select set_config('tenantry.note', 'x', false)"],
  ['a setting made by a function whose name was hidden', 'select turn_off_the_lights()'],
  ['a session lock', 'select pg_advisory_lock(7)'],
  ['a lock that was only tried', 'select pg_try_advisory_lock_shared(7)'],
  ['a prepared statement', 'prepare mine as select 1'],
  ['a listener', 'listen someone'],
])('a session in which %s was left is not given to anybody else', async (_name, text) => {
  await home.admin(`create or replace function turn_off_the_lights() returns text language plpgsql as
    $$ begin execute 'set timezone to ''Asia/Tokyo'''; return 'off'; end $$`)
  const { database, pool } = home.openPool()
  await database.reader.db.execute(sql.raw(text))
  expect(pool.stats().open).toBe(0)
})

test.each([
  'create temp table leftovers as select 1',
  'create table pg_temp.leftovers as select 1',
  'select 1 as one into temporary leftovers',
  'create temporary view leftovers as select 1',
])('a session with a temporary relation by %j is not given to anybody else', async (text) => {
  const { database, pool } = home.openPool()
  await database.transaction((tx) => tx.db.execute(sql.raw(text)))
  expect(pool.stats().open).toBe(0)
})

test('a cursor that outlives its transaction is not met by anybody else', async () => {
  const { database, pool } = home.openPool()
  await database.transaction(async (tx) => {
    await tx.db.execute(sql`declare leftovers cursor with hold for select * from events`)
    expect(await tx.db.execute(sql`fetch 1 from leftovers`)).toMatchObject([{ id: 1 }])
  })
  expect(pool.stats().open).toBe(0)
})

test('a setting that a transaction changed for itself alone does not cost the connection', async () => {
  await home.admin(`create or replace function local_lights() returns text language plpgsql
    set timezone to 'Asia/Tokyo' as $$ begin return current_setting('timezone'); end $$`)
  const { database, pool } = home.openPool()
  await database.transaction((tx) => tx.db.execute(sql`select local_lights()`))
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('another role of one transaction is not the role of the next', async () => {
  const { database } = home.openPool({ max: 1 })
  const whoAmI = sql<{ who: string }>`select current_user as who`
  await database.transaction(async (tx) => {
    await tx.db.execute(sql`set local role pg_monitor`)
    expect(await tx.db.execute(whoAmI)).toEqual([{ who: 'pg_monitor' }])
  })
  expect(await database.reader.db.execute(whoAmI)).toEqual([{ who: home.target.user }])
})

test('deferred constraints are of their transaction alone and keep the connection', async () => {
  const { database, pool } = home.openPool()
  await database.transaction(async (tx) => {
    await tx.db.execute(sql`set constraints all deferred`)
    await tx.run(insert, { id: 3, name: 'deferred' })
  })
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test.each([
  "select set_config('tenantry.note', 'true)', false)",
  "select set_config('tenantry.note', 'x', true), set_config('tenantry.note', 'y', false)",
  "select set_config('tenantry.note', 'x', lower('TRUE')::boolean)",
])('%j may leave something', (text) => {
  expect(leavesSessionState(text)).toBe(true)
})

test.each([
  'select template from events',
  'insert into temperatures values (1)',
  'select pg_advisory_xact_lock(1)',
  "insert into events (id) select 1 where set_config('tenantry.note', $1::text, true) is not null",
])('%j leaves nothing', (text) => {
  expect(leavesSessionState(text)).toBe(false)
})
