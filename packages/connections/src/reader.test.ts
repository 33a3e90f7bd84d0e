import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { byId, events, insert, useEvents } from './events.fixture.ts'
import { openProxy } from './proxy.fixture.ts'
import { statement } from './statement.ts'

const home = useEvents()

test('a statement reads rows without a transaction', async () => {
  const { database } = home.openPool()
  expect(await database.reader.run(byId, { id: 1 })).toEqual([{ id: 1, name: 'wedding' }])
  expect(await database.reader.run(byId, { id: 99 })).toEqual([])
  expect(await database.reader.db.select({ id: events.id }).from(events).where(eq(events.id, 2))).toEqual([{ id: 2 }])
})

test('a read is one round trip once its statement is prepared', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({ max: 1 }, proxy.target)
  await database.reader.run(byId, { id: 1 })
  const before = proxy.writes
  await database.reader.run(byId, { id: 2 })
  expect(proxy.writes - before).toBe(1)
})

test('a reader cannot write: the server refuses, whatever the statement is called', async () => {
  const { database } = home.openPool()
  await expect(database.reader.run(insert, { id: 3, name: 'sneaked in' })).rejects.toMatchObject({
    code: 'DATABASE_ERROR',
    detail: { sqlstate: '25006' },
  })
  expect(await home.stored(3)).toEqual([])
})

test('a reader cannot talk its session into writing', async () => {
  const { database, pool } = home.openPool({ max: 1 })
  await database.reader.db.execute(sql.raw('set default_transaction_read_only = off'))
  await expect(database.reader.run(insert, { id: 3, name: 'sneaked in' })).rejects.toMatchObject({
    detail: { sqlstate: '25006' },
  })
  const turnedOff = sql.raw(`with off as (select set_config('transaction_read_only', 'off', true))
    insert into events (id, name) select 4, 'sneaked in' from off returning id`)
  await expect(database.reader.db.execute(turnedOff)).rejects.toMatchObject({ code: 'DATABASE_ERROR' })
  expect(await home.stored(3, 4)).toEqual([])
  expect(pool.stats().waiting).toBe(0)
})

test('a read on a connection that died while idle is repeated on another', async () => {
  const { database } = home.openPool({ max: 1 })
  await database.reader.run(byId, { id: 1 })
  await home.killBackends()
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
})

test('a read whose connection dies under it is repeated once, and only once', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({ max: 1 }, proxy.target)
  await database.reader.run(byId, { id: 1 })
  let cuts = 0
  const cutAnswers = (times: number) => (chunk: Buffer) => {
    if (!chunk.includes('wedding') || cuts === times) return chunk
    cuts++
    proxy.cut()
    return undefined
  }

  proxy.rewrite = cutAnswers(1)
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
  expect(cuts).toBe(1)

  cuts = 0
  proxy.rewrite = cutAnswers(5)
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  expect(cuts).toBe(2)
})

test('a prepared statement whose table changed is repeated by a reader and fails one transaction at most', async () => {
  const { database } = home.openPool({ max: 1 })
  const all = statement<Record<string, never>, { id: number }>((db) =>
    db.execute(sql`select * from events order by id`),
  )

  await database.reader.run(all, {})
  await home.admin('alter table events add column extra int')
  expect(await database.reader.run(all, {})).toHaveLength(2)

  await home.admin('alter table events drop column extra')
  await expect(database.transaction((tx) => tx.run(all, {}))).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  expect(await database.transaction((tx) => tx.run(all, {}))).toHaveLength(2)
})

test('a connection whose store of prepared statements is full makes way for a new one', async () => {
  const { database, pool } = home.openPool({ max: 1 })
  for (let number = 0; number < 300; number++) {
    await database.reader.db.execute(sql.raw(`select ${number}`))
  }
  expect(pool.stats().open).toBe(0)
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
})
