import { expect, test } from 'vitest'
import { byId, insert, useEvents } from './events.fixture.ts'
import { openProxy } from './proxy.fixture.ts'

const home = useEvents()

test('a transaction of one statement stores what it wrote and gives back what it returned', async () => {
  const { database, pool } = home.openPool()
  expect(await database.oneStatement((tx) => tx.run(insert, { id: 3, name: 'prom' }))).toEqual([{ id: 3 }])
  expect(await home.stored(3)).toEqual([3])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('its statement is committed when its promise resolves, whatever the callback does then', async () => {
  const { database } = home.openPool()
  const mine = new Error('mine')
  const attempt = database.oneStatement(async (tx) => {
    await tx.run(insert, { id: 3, name: 'prom' })
    throw mine
  })
  await expect(attempt).rejects.toBe(mine)
  expect(await home.stored(3)).toEqual([3])
})

test('a second statement and a savepoint are refused, and the connection serves on', async () => {
  const { database, pool } = home.openPool()
  await database.oneStatement(async (tx) => {
    await tx.run(insert, { id: 3, name: 'c' })
    await expect(tx.run(insert, { id: 4, name: 'd' })).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
    await expect(tx.savepoint(async () => 1)).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
  })
  expect(await home.stored(3, 4)).toEqual([3])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('two statements sent at once are one too many', async () => {
  const { database } = home.openPool()
  const attempt = database.oneStatement((tx) =>
    Promise.all([tx.run(insert, { id: 3, name: 'c' }), tx.run(insert, { id: 4, name: 'd' })]),
  )
  await expect(attempt).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
  expect(await home.stored(4)).toEqual([])
})

test('a refused statement is reported as itself, stores nothing, and the connection survives', async () => {
  const { database, pool } = home.openPool()
  const attempt = database.oneStatement((tx) => tx.run(insert, { id: 1, name: 'clash' }))
  await expect(attempt).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
  expect(await database.reader.run(byId, { id: 1 })).toEqual([{ id: 1, name: 'wedding' }])
})

test('a rule that is only checked at commit is reported as itself', async () => {
  await home.admin(`create or replace function refuse_late() returns trigger language plpgsql as
    $$ begin raise exception 'no' using errcode = 'check_violation'; end $$`)
  await home.admin(`create constraint trigger refused_late after insert on events deferrable initially deferred
    for each row when (new.name = 'refused late') execute function refuse_late()`)
  const { database } = home.openPool()
  const attempt = database.oneStatement((tx) => tx.run(insert, { id: 3, name: 'refused late' }))
  await expect(attempt).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  expect(await home.stored(3)).toEqual([])
})

test('a statement that is not awaited is reported', async () => {
  const { database } = home.openPool()
  const attempt = database.oneStatement(async (tx) => {
    void tx.run(insert, { id: 3, name: 'c' })
  })
  await expect(attempt).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
})

test('a callback without a statement begins nothing', async () => {
  const { database, pool } = home.openPool()
  expect(await database.oneStatement(async () => 'nothing')).toBe('nothing')
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('the executor is dead when the callback has ended', async () => {
  const { database } = home.openPool()
  const kept = await database.oneStatement(async (tx) => tx)
  await expect(kept.run(insert, { id: 3, name: 'late' })).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
})

test('BEGIN, the statement and COMMIT share a round trip', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({ max: 1 }, proxy.target)
  await database.oneStatement((tx) => tx.run(insert, { id: 4, name: 'prepares the statement' }))
  const before = proxy.writes
  await database.oneStatement((tx) => tx.run(insert, { id: 3, name: 'prom' }))
  expect(proxy.writes - before).toBe(1)
})

test('when the answer is lost the outcome is reported as unknown', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({ max: 1 }, proxy.target)
  await database.oneStatement((tx) => tx.run(insert, { id: 4, name: 'prepares the statement' }))
  proxy.rewrite = (_said, client) => {
    client.resetAndDestroy()
    return undefined
  }
  const attempt = database.oneStatement((tx) => tx.run(insert, { id: 3, name: 'prom' }))
  await expect(attempt).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' })
  await expect.poll(() => home.stored(3)).toEqual([3])
})
