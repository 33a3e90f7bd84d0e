import { sql } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { byId, gate, insert, useEvents } from './events.fixture.ts'
import { openPool } from './pool.ts'
import { openProxy } from './proxy.fixture.ts'

const home = useEvents()

const pid = sql<{ pid: number }>`select pg_backend_pid() as pid`

test('a pool never has more connections than its maximum, and whoever waits is served in turn', async () => {
  const { database, pool } = home.openPool({ max: 2 })
  const order: number[] = []
  let most = 0
  const transactions = [0, 1, 2, 3, 4, 5].map((number) =>
    database.transaction(async (tx) => {
      order.push(number)
      most = Math.max(most, pool.stats().open)
      await tx.run(byId, { id: 1 })
    }),
  )
  expect(pool.stats().waiting).toBe(6)
  await Promise.all(transactions)
  expect(order).toEqual([0, 1, 2, 3, 4, 5])
  expect(most).toBeLessThanOrEqual(2)
})

test('a full queue answers at once, a long wait after its deadline, both with DATABASE_BUSY', async () => {
  const { database, pool } = home.openPool({ max: 1, maxWaiting: 1, acquireMs: 150 })
  const holding = gate()
  const release = gate()
  const holder = database.transaction(async () => {
    holding.open()
    await release.opened
  })
  await holding.opened

  const answered: string[] = []
  const waiting = database.reader.run(byId, { id: 1 }).finally(() => answered.push('after its deadline'))
  await expect(database.reader.run(byId, { id: 1 }).finally(() => answered.push('at once'))).rejects.toMatchObject({
    code: 'DATABASE_BUSY',
    retryAfterSeconds: 1,
    detail: { reason: 'too many are waiting' },
  })
  await expect(waiting).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
  expect(answered).toEqual(['at once', 'after its deadline'])
  expect(pool.stats().waiting).toBe(0)

  release.open()
  await holder
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
})

test('a pool that closes lets the work under way end and refuses whoever waits or comes later', async () => {
  const { database, pool } = home.openPool({ max: 1 })
  const holding = gate()
  const release = gate()
  const holder = database.transaction(async (tx) => {
    holding.open()
    await release.opened
    await tx.run(insert, { id: 3, name: 'finished' })
  })
  await holding.opened
  const waiting = database.reader.run(byId, { id: 1 })
  const closing = pool.close()
  await expect(waiting).rejects.toMatchObject({ code: 'CONNECTION_REFUSED', detail: { reason: 'the pool is closed' } })
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
  release.open()
  await holder
  await closing
  expect(pool.stats()).toEqual({ open: 0, idle: 0, opening: 0, waiting: 0 })
  expect(await home.stored(3)).toEqual([3])
})

test('a pool that closes ends work that does not end by itself', async () => {
  const { database, pool } = home.openPool({ statementMs: 100 })
  const holding = gate()
  const stuck = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'stuck' })
    holding.open()
    await new Promise(() => {})
  })
  stuck.catch(() => undefined)
  await holding.opened
  await pool.close()
  await expect(stuck).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  expect(pool.stats().open).toBe(0)
  expect(await home.stored(3)).toEqual([])
})

test('a pool that closes while it connects leaves no connection behind', async () => {
  const pool = openPool({ ...home.target, applicationName: 'closing while connecting' })
  const reading = openDatabase(pool).reader.run(byId, { id: 1 })
  const closing = pool.close()
  await expect(reading).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
  await closing
  await expect
    .poll(() => home.admin("select from pg_stat_activity where application_name = 'closing while connecting'"))
    .toHaveLength(0)
})

test('a retired connection finishes its work and is not lent again', async () => {
  const { database, pool } = home.openPool({ max: 2 })
  const [before] = await database.reader.db.execute(pid)
  pool.retire()
  const [after] = await database.reader.db.execute(pid)
  expect(after).not.toEqual(before)

  await database.transaction(async (tx) => {
    pool.retire()
    await tx.run(insert, { id: 3, name: 'finished' })
  })
  expect(await home.stored(3)).toEqual([3])
  expect(pool.stats().open).toBe(0)
})

test('a connection is closed when it was idle too long or has become too old', async () => {
  const idle = home.openPool({ idleMs: 50 })
  await idle.database.reader.run(byId, { id: 1 })
  expect(idle.pool.stats().open).toBe(1)
  await expect.poll(() => idle.pool.stats().open).toBe(0)

  const old = home.openPool({ lifeMs: 50 })
  const [first] = await old.database.reader.db.execute(pid)
  await sleep(60)
  await old.database.reader.run(byId, { id: 1 })
  expect(await old.database.reader.db.execute(pid)).not.toEqual([first])
})

test('an idle connection that dies leaves the pool at once', async () => {
  const { database, pool } = home.openPool()
  await database.reader.run(byId, { id: 1 })
  await home.killBackends()
  await expect.poll(() => pool.stats()).toMatchObject({ open: 0, idle: 0 })
})

test('each new connection is proven before its first use, and one that fails is never used', async () => {
  let proofs = 0
  const { database, pool } = home.openPool({
    max: 1,
    prove: async (link) => {
      proofs++
      const [row] = await link.query<{ one: number }>('select $1::int as one', [1])
      if (proofs === 2) throw new Error(`proof failed for ${row?.one}`)
    },
  })
  await database.reader.run(byId, { id: 1 })
  await database.reader.run(byId, { id: 1 })
  expect(proofs).toBe(1)
  pool.retire()
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
  expect(pool.stats().open).toBe(0)
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
  expect(proofs).toBe(3)
})

test('a proof that waits for something else ends at the deadline of the connection', async () => {
  const { database } = home.openPool({ connectMs: 100, prove: () => new Promise(() => {}) })
  const started = performance.now()
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
    detail: { reason: 'timeout' },
  })
  expect(performance.now() - started).toBeLessThan(1000)
})

test('a credential that does not open is reported as itself and does not end the process', async () => {
  const mine = new Error('the credential does not open')
  const password = () => {
    throw mine
  }
  const { database, pool } = home.openPool({}, { ...home.target, password })
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
  expect(pool.stats()).toEqual({ open: 0, idle: 0, opening: 0, waiting: 0 })
})

test('the password is asked for once per connection', async () => {
  let asked = 0
  const password = () => {
    asked++
    return home.target.password()
  }
  const { database } = home.openPool({ max: 1 }, { ...home.target, password })
  await database.reader.run(byId, { id: 1 })
  await database.reader.run(byId, { id: 1 })
  expect(asked).toBe(1)
})

test('whoever waits is served by the connections that live when another cannot be opened', async () => {
  const proxy = await openProxy(home.target)
  const { database, pool } = home.openPool({ max: 2, connectMs: 500 }, proxy.target)
  let waiting: Promise<unknown> = Promise.resolve()
  await database.transaction(async (tx) => {
    await tx.run(byId, { id: 1 })
    // From now on nobody is asked for a password.
    proxy.rewrite = (chunk) => (chunk[0] === 'R'.charCodeAt(0) ? undefined : chunk)
    waiting = database.reader.run(byId, { id: 2 })
    await sleep(600)
    expect(pool.stats()).toMatchObject({ open: 1, waiting: 1 })
  })
  expect(await waiting).toEqual([{ id: 2, name: 'gala' }])
})

test('a pool with nothing open dials once, however many wait, and opens more when that one is in', async () => {
  const proxy = await openProxy(home.target)
  proxy.freeze()
  const { database } = home.openPool({ max: 4 }, proxy.target)
  const reads = Array.from({ length: 12 }, () => database.reader.run(byId, { id: 1 }).catch(() => 'in vain'))
  await sleep(300)
  expect(proxy.dials).toHaveLength(1)
  proxy.cut()
  await Promise.all(reads)
  const open = await openProxy(home.target)
  const { database: reached, pool } = home.openPool({ max: 4 }, open.target)
  await Promise.all(
    Array.from({ length: 12 }, () => reached.transaction((tx) => tx.db.execute(sql`select pg_sleep(0.2)`))),
  )
  expect(pool.stats().open).toBe(4)
})
