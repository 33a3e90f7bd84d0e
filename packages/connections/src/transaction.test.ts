import { expect, test } from 'vitest'
import type { Executor } from './database.ts'
import { byId, events, gate, insert, useEvents } from './events.fixture.ts'
import { openProxy } from './proxy.fixture.ts'

const home = useEvents()

test('a transaction stores what it wrote and gives back what it returned', async () => {
  const { database } = home.openPool()
  const rows = await database.transaction((tx) => tx.run(insert, { id: 3, name: 'prom' }))
  expect(rows).toEqual([{ id: 3 }])
  expect(await home.stored(3)).toEqual([3])
})

test('a transaction whose callback throws stores nothing, and the error comes out as it is', async () => {
  const { database, pool } = home.openPool()
  const mine = new Error('mine')
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'prom' })
    throw mine
  })
  await expect(attempt).rejects.toBe(mine)
  expect(await home.stored(3)).toEqual([])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a callback that throws before its first statement leaves a clean connection', async () => {
  const { database, pool } = home.openPool()
  const mine = new Error('mine')
  const attempt = database.transaction(() => {
    throw mine
  })
  await expect(attempt).rejects.toBe(mine)
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a callback that gives up while its statements run stores nothing of them', async () => {
  const { database, pool } = home.openPool()
  const mine = new Error('mine')
  const attempt = database.transaction(async (tx) => {
    const writes = [tx.run(insert, { id: 3, name: 'c' }), tx.run(insert, { id: 4, name: 'd' })]
    await Promise.race([Promise.reject(mine), ...writes])
  })
  await expect(attempt).rejects.toBe(mine)
  expect(await home.stored(3, 4)).toEqual([])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a swallowed failure of a statement does not pass for a commit', async () => {
  const { database } = home.openPool()
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'prom' })
    await tx.run(insert, { id: 3, name: 'twice' }).catch(() => undefined)
  })
  await expect(attempt).rejects.toMatchObject({ code: 'TRANSACTION_ROLLED_BACK' })
  expect(await home.stored(3)).toEqual([])
})

test('after a failed statement every other one of the transaction is refused, and the connection survives', async () => {
  const { database, pool } = home.openPool()
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 1, name: 'clash' }).catch(() => undefined)
    await expect(tx.run(byId, { id: 1 })).rejects.toMatchObject({
      code: 'TRANSACTION_ROLLED_BACK',
      detail: { sqlstate: '25P02' },
    })
    await expect(tx.savepoint(async () => 1)).rejects.toMatchObject({ code: 'TRANSACTION_ROLLED_BACK' })
  })
  await expect(attempt).rejects.toMatchObject({
    code: 'TRANSACTION_ROLLED_BACK',
    detail: { reason: expect.stringContaining('ROLLBACK') },
  })
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
})

test('a rule that is only checked at commit is reported as itself, and nothing is stored', async () => {
  await home.admin(`create or replace function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'no' using errcode = 'check_violation'; end $$`)
  await home.admin(`create constraint trigger refused_at_commit after insert on events deferrable initially deferred
    for each row when (new.name = 'refused at commit') execute function refuse()`)
  const { database, pool } = home.openPool()
  const attempt = database.transaction((tx) => tx.run(insert, { id: 3, name: 'refused at commit' }))
  await expect(attempt).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  expect(await home.stored(3)).toEqual([])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('statements that are sent together are answered together', async () => {
  const { database } = home.openPool()
  const rows = await database.transaction(async (tx) => {
    const answers = await Promise.all([
      tx.run(insert, { id: 3, name: 'c' }),
      tx.run(insert, { id: 4, name: 'd' }),
      tx.run(byId, { id: 4 }),
    ])
    return answers[2]
  })
  expect(rows).toEqual([{ id: 4, name: 'd' }])
})

test('BEGIN and the first statement share a round trip', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({ max: 1 }, proxy.target)
  await database.reader.run(byId, { id: 1 })
  const before = proxy.writes
  await database.transaction(async (tx) => {
    await tx.run(byId, { id: 1 })
    expect(proxy.writes - before).toBe(1)
  })
  expect(proxy.writes - before).toBe(2)
})

test('a handle is dead when its callback has ended, and so is one of a savepoint', async () => {
  const { database } = home.openPool()
  const kept: Executor[] = []
  await database.transaction(async (tx) => {
    kept.push(tx)
    await tx.savepoint(async (inner) => void kept.push(inner))
  })
  for (const executor of kept) {
    await expect(executor.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
    await expect(executor.db.select().from(events)).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
    await expect(executor.savepoint(async () => 1)).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
  }
})

test('a statement that was not awaited rolls its transaction back', async () => {
  const { database, pool } = home.openPool()
  const attempt = database.transaction(async (tx) => {
    await tx.run(byId, { id: 1 })
    void tx.run(insert, { id: 3, name: 'forgotten' })
  })
  await expect(attempt).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
  expect(await home.stored(3)).toEqual([])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a forgotten statement that fails does not end the process', async () => {
  const { database } = home.openPool()
  const attempt = database.transaction(async (tx) => {
    void tx.run(insert, { id: 1, name: 'clash' })
    void tx.db.insert(events).values({ id: 1, name: 'clash' }).execute()
  })
  await expect(attempt).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
})

test('a promise that floats past the end of its transaction reaches neither it nor the next one', async () => {
  const { database } = home.openPool({ max: 1 })
  const over = gate()
  let late: Promise<unknown> = Promise.resolve()
  await database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'kept' })
    late = over.opened.then(() => tx.run(insert, { id: 4, name: 'late' }))
    late.catch(() => undefined)
  })
  await database.transaction(async (tx) => {
    await tx.run(insert, { id: 5, name: 'next' })
    over.open()
    await expect(late).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
  })
  expect(await home.stored(3, 4, 5)).toEqual([3, 5])
})

test('a transaction inside a transaction is another one, and on a pool of one it is told that the pool is busy', async () => {
  const two = home.openPool({ max: 2 })
  const inner = new Error('inner')
  await two.database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'outer' })
    const nested = two.database.transaction(async (other) => {
      await other.run(insert, { id: 4, name: 'inner' })
      throw inner
    })
    await expect(nested).rejects.toBe(inner)
  })
  expect(await home.stored(3, 4)).toEqual([3])

  const one = home.openPool({ max: 1, acquireMs: 300 })
  await expect.poll(() => one.database.reader.run(byId, { id: 1 }).catch(() => [])).toHaveLength(1)
  await one.database.transaction(async () => {
    await expect(one.database.transaction(async () => 1)).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
  })
})

test('a read-only transaction sees one moment and cannot write', async () => {
  const { database } = home.openPool()
  const options = { readOnly: true, isolation: 'repeatable read' } as const
  await database.transaction(async (tx) => {
    expect(await tx.run(byId, { id: 3 })).toEqual([])
    await home.admin("insert into events (id, name) values (3, 'later')")
    expect(await tx.run(byId, { id: 3 })).toEqual([])
  }, options)
  const attempt = database.transaction((tx) => tx.run(insert, { id: 4, name: 'no' }), options)
  await expect(attempt).rejects.toMatchObject({ detail: { sqlstate: '25006' } })
})

test('of two serializable transactions that cannot both be true one is told that it was rolled back', async () => {
  const { database } = home.openPool()
  const bothRead = gate()
  let readers = 0
  const readThenWrite = (id: number) =>
    database.transaction(
      async (tx) => {
        await tx.db.select().from(events)
        if (++readers === 2) bothRead.open()
        await bothRead.opened
        await tx.run(insert, { id, name: `number ${id}` })
      },
      { isolation: 'serializable' },
    )
  const outcomes = await Promise.allSettled([readThenWrite(3), readThenWrite(4)])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const failed = outcomes.find(({ status }) => status === 'rejected')
  expect(failed).toMatchObject({ reason: { code: 'TRANSACTION_ROLLED_BACK', detail: { sqlstate: '40001' } } })
})

test('a transaction whose guard fails is refused for that reason, in one statement or several, and stores nothing', async () => {
  const { database } = home.openPool()
  const guard = { text: 'select 1 / $1::int', parameters: [0] }
  const divided = { code: 'RULE_VIOLATED', detail: { sqlstate: '22012' } }
  const save = (id: number) => async (tx: Executor) => {
    await tx.run(insert, { id, name: `guarded ${id}` })
  }
  await expect(database.transaction(save(70), { guard })).rejects.toMatchObject(divided)
  await expect(database.oneStatement(save(71), { guard })).rejects.toMatchObject(divided)
  const sulk = async () => {
    throw new TypeError('the work failed too')
  }
  await expect(database.transaction(sulk, { guard })).rejects.toMatchObject(divided)
  const fine = { ...guard, parameters: [1] }
  await database.transaction(save(72), { guard: fine })
  await database.oneStatement(save(73), { guard: fine })
  for (const [id, count] of [
    [70, 0],
    [71, 0],
    [72, 1],
    [73, 1],
  ] as const)
    expect(await database.reader.run(byId, { id })).toHaveLength(count)
})
