import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { byId, insert, useEvents } from './events.fixture.ts'
import { openProxy } from './proxy.fixture.ts'

const home = useEvents()

const sleepLong = sql`select pg_sleep(5)`

function stopwatch(): () => number {
  const started = performance.now()
  return () => performance.now() - started
}

test('a slow statement ends at its deadline and leaves its connection usable', async () => {
  const { database, pool } = home.openPool({ statementMs: 150 })
  const elapsed = stopwatch()
  await expect(database.reader.db.execute(sleepLong)).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
  expect(elapsed()).toBeLessThan(1500)
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a slow statement in the middle of a transaction undoes what came before it', async () => {
  const { database, pool } = home.openPool({ statementMs: 150 })
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'before' })
    await tx.db.execute(sleepLong)
  })
  await expect(attempt).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
  expect(await home.stored(3)).toEqual([])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a slow statement in a savepoint undoes the savepoint alone', async () => {
  const { database } = home.openPool({ statementMs: 150 })
  await database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'before' })
    const attempt = tx.savepoint((inner) => inner.db.execute(sleepLong))
    await expect(attempt).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
    await tx.run(insert, { id: 4, name: 'after' })
  })
  expect(await home.stored(3, 4)).toEqual([3, 4])
})

test('a commit that takes too long is unknown: the server goes on with it and does not cancel it', async () => {
  await home.admin(`create or replace function dawdle() returns trigger language plpgsql as
    $$ begin perform pg_sleep(1); return null; end $$`)
  await home.admin(`create constraint trigger slow_commit after insert on events deferrable initially deferred
    for each row when (new.name = 'slow commit') execute function dawdle()`)
  const { database } = home.openPool({ statementMs: 150 })
  const attempt = database.transaction((tx) => tx.run(insert, { id: 3, name: 'slow commit' }))
  await expect(attempt).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' })
  expect(await home.stored(3)).toEqual([])
  await expect.poll(() => home.stored(3), { timeout: 5000 }).toEqual([3])
})

test('a server that falls silent costs one deadline, and its idle connections are not tried', async () => {
  const proxy = await openProxy(home.target)
  const { database, pool } = home.openPool({ max: 3, statementMs: 100, connectMs: 500 }, proxy.target)
  await Promise.all([1, 2, 1].map((id) => database.reader.run(byId, { id })))
  await expect.poll(() => pool.stats()).toMatchObject({ open: 3, idle: 3 })
  proxy.freeze()
  const elapsed = stopwatch()
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
  expect(elapsed()).toBeLessThan(1000)
  expect(pool.stats()).toMatchObject({ open: 0, idle: 0 })
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
    detail: { reason: 'timeout' },
  })
})

test('a server that falls silent between the statements of a transaction ends it at the deadline', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({ statementMs: 100 }, proxy.target)
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'first half' })
    proxy.freeze()
    await tx.run(insert, { id: 4, name: 'second half' })
  })
  await expect(attempt).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
  proxy.cut()
  expect(await home.stored(3, 4)).toEqual([])
})

test('a callback that holds its transaction too long loses it, and nobody else loses anything', async () => {
  const { database, pool } = home.openPool({ max: 2 })
  await Promise.all([database.reader.run(byId, { id: 1 }), database.reader.run(byId, { id: 2 })])
  const attempt = database.transaction(
    async (tx) => {
      await tx.run(insert, { id: 3, name: 'held' })
      await new Promise(() => {})
    },
    { timeoutMs: 100 },
  )
  await expect(attempt).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
  expect(await home.stored(3)).toEqual([])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})
