import { expect, test } from 'vitest'
import { byId, gate, insert, useEvents } from './events.fixture.ts'
import { openProxy } from './proxy.fixture.ts'

const home = useEvents()

test('a backend that dies while the callback waits for something else is reported at once', async () => {
  const { database } = home.openPool()
  const never = gate()
  const working = gate()
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'half' })
    working.open()
    await never.opened
    await tx.run(insert, { id: 4, name: 'other half' })
  })
  attempt.catch(() => undefined)
  await working.opened
  await home.killBackends()
  await expect(attempt).rejects.toMatchObject({ code: 'CONNECTION_LOST', detail: { sqlstate: '57P01' } })
  // The callback goes on in nobody's transaction, and reaches nothing.
  const other = await database.transaction((tx) => tx.run(insert, { id: 5, name: 'other' }))
  never.open()
  expect(other).toEqual([{ id: 5 }])
  expect(await home.stored(3, 4, 5)).toEqual([5])
})

test('a backend that dies between BEGIN and the first statement is reported at once, and nothing is written', async () => {
  const { database } = home.openPool({ max: 1 })
  await database.reader.run(byId, { id: 1 })
  const begun = gate()
  const never = gate()
  const attempt = database.transaction(async (tx) => {
    begun.open()
    await never.opened
    await tx.run(insert, { id: 3, name: 'too late' })
  })
  attempt.catch(() => undefined)
  await begun.opened
  await expect
    .poll(() => home.admin("select from pg_stat_activity where state = 'idle in transaction' and query like 'begin%'"))
    .toHaveLength(1)
  await home.killBackends()
  await expect(attempt).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  never.open()
  expect(await database.transaction((tx) => tx.run(insert, { id: 4, name: 'next' }))).toEqual([{ id: 4 }])
  expect(await home.stored(3, 4)).toEqual([4])
})

test('a callback that hides the loss of its connection does not pass for a commit', async () => {
  const { database } = home.openPool()
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'lost' })
    await home.killBackends()
    await tx.run(byId, { id: 3 }).catch(() => undefined)
    return 'all is well'
  })
  await expect(attempt).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  expect(await home.stored(3)).toEqual([])
})

test('a commit during which the backend dies is reported as unknown', async () => {
  await home.admin(`create or replace function die() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5); return null; end $$`)
  await home.admin(`create constraint trigger dies_at_commit after insert on events deferrable initially deferred
    for each row when (new.name = 'dies at commit') execute function die()`)
  const { database } = home.openPool()
  const attempt = database.transaction((tx) => tx.run(insert, { id: 3, name: 'dies at commit' }))
  await expect(attempt).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' })
  expect(await home.stored(3)).toEqual([])
})

test('a commit that was made but whose answer was lost is reported as unknown', async () => {
  const proxy = await openProxy(home.target)
  const { database, pool } = home.openPool({}, proxy.target)
  proxy.rewrite = (chunk) => {
    if (!chunk.includes('COMMIT')) return chunk
    proxy.cut()
    return undefined
  }
  const attempt = database.transaction((tx) => tx.run(insert, { id: 3, name: 'made' }))
  await expect(attempt).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' })
  expect(await home.stored(3)).toEqual([3])
  expect(pool.stats().open).toBe(0)
})

test('a commit whose answer never comes is reported as unknown at the deadline', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({ statementMs: 100 }, proxy.target)
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'never heard of again' })
    proxy.freeze()
  })
  await expect(attempt).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' })
  proxy.cut()
})

test('a commit that the server confirmed before the connection broke is a commit', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({}, proxy.target)
  proxy.rewrite = (chunk) => {
    const at = chunk.indexOf('COMMIT\0')
    if (at < 0) return chunk
    setImmediate(() => proxy.cut())
    return chunk.subarray(0, at + 'COMMIT\0'.length)
  }
  expect(await database.transaction((tx) => tx.run(insert, { id: 3, name: 'made' }))).toEqual([{ id: 3 }])
  expect(await home.stored(3)).toEqual([3])
})

test('a read-only transaction has nothing to be unknown about', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({}, proxy.target)
  proxy.rewrite = (chunk) => {
    if (!chunk.includes('COMMIT')) return chunk
    proxy.cut()
    return undefined
  }
  const attempt = database.transaction((tx) => tx.run(byId, { id: 1 }), { readOnly: true })
  await expect(attempt).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
})
