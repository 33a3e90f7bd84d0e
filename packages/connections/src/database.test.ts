import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '@tenantry/testing/databases'
import { openAdminLink, type AdminLink } from './admin.ts'
import type { Executor } from './database.ts'
import { createEventsDatabase, events, killBackends, openTestPool } from './events.fixture.ts'
import { statement } from './statement.ts'

let home: TestDatabase
let admin: AdminLink

beforeAll(async () => {
  home = await createEventsDatabase()
  admin = await openAdminLink(home.admin)
})

afterAll(async () => {
  await admin.close()
  await home.drop()
})

beforeEach(async () => {
  await admin.run('delete from events where id > 2')
})

const byId = statement<{ id: number }, { id: number; name: string }>((db) =>
  db
    .select({ id: events.id, name: events.name })
    .from(events)
    .where(eq(events.id, sql.placeholder('id'))),
)
const insert = statement<{ id: number; name: string }, { id: number }>((db) =>
  db
    .insert(events)
    .values({ id: sql.placeholder('id'), name: sql.placeholder('name') })
    .returning({ id: events.id }),
)

async function stored(id: number): Promise<boolean> {
  const rows = await admin.run('select from events where id = $1', [id])
  return rows.length === 1
}

/** Resolves when `signal` was called. */
function gate() {
  let signal = () => {}
  const opened = new Promise<void>((resolve) => (signal = resolve))
  return { opened, signal: () => signal() }
}

test('a statement reads rows without a transaction', async () => {
  const { database } = openTestPool(home.admin)
  expect(await database.reader.run(byId, { id: 1 })).toEqual([{ id: 1, name: 'wedding' }])
  expect(await database.reader.run(byId, { id: 99 })).toEqual([])
  expect(await database.reader.db.select({ id: events.id }).from(events).where(eq(events.id, 2))).toEqual([{ id: 2 }])
})

test('a reader cannot write: the server refuses, whatever the statement is called', async () => {
  const { database } = openTestPool(home.admin)
  await expect(database.reader.run(insert, { id: 3, name: 'sneaked in' })).rejects.toMatchObject({
    code: 'DATABASE_ERROR',
    detail: { sqlstate: '25006' },
  })
  expect(await stored(3)).toBe(false)
})

test('a transaction stores what it wrote and gives back what it returned', async () => {
  const { database } = openTestPool(home.admin)
  const rows = await database.transaction((tx) => tx.run(insert, { id: 3, name: 'prom' }))
  expect(rows).toEqual([{ id: 3 }])
  expect(await stored(3)).toBe(true)
})

test('a transaction whose callback throws stores nothing, and the error comes out as it is', async () => {
  const { database, pool } = openTestPool(home.admin)
  const mine = new Error('mine')
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'prom' })
    throw mine
  })
  await expect(attempt).rejects.toBe(mine)
  expect(await stored(3)).toBe(false)
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a swallowed failure of a statement does not pass for a commit', async () => {
  const { database } = openTestPool(home.admin)
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'prom' })
    await tx.run(insert, { id: 3, name: 'twice' }).catch(() => undefined)
  })
  await expect(attempt).rejects.toMatchObject({ code: 'TRANSACTION_ROLLED_BACK' })
  expect(await stored(3)).toBe(false)
})

test('statements that are sent together are answered together', async () => {
  const { database } = openTestPool(home.admin)
  const names = await database.transaction(async (tx) => {
    const answers = await Promise.all([
      tx.run(insert, { id: 3, name: 'c' }),
      tx.run(insert, { id: 4, name: 'd' }),
      tx.run(byId, { id: 4 }),
    ])
    return answers[2]
  })
  expect(names).toEqual([{ id: 4, name: 'd' }])
})

test('a handle is dead when its callback has ended, and so is one of a savepoint', async () => {
  const { database } = openTestPool(home.admin)
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
  const { database, pool } = openTestPool(home.admin)
  const attempt = database.transaction(async (tx) => {
    await tx.run(byId, { id: 1 })
    void tx.run(insert, { id: 3, name: 'forgotten' })
  })
  await expect(attempt).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
  expect(await stored(3)).toBe(false)
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a forgotten statement that fails does not end the process', async () => {
  const { database } = openTestPool(home.admin)
  const attempt = database.transaction(async (tx) => {
    void tx.run(insert, { id: 1, name: 'clash' })
    void tx.db.insert(events).values({ id: 1, name: 'clash' }).execute()
  })
  await expect(attempt).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
})

test('a savepoint fails alone, at any depth', async () => {
  const { database } = openTestPool(home.admin)
  await database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'outer' })
    await tx.savepoint(async (middle) => {
      await middle.run(insert, { id: 4, name: 'middle' })
      await expect(
        middle.savepoint(async (inner) => {
          await inner.run(insert, { id: 5, name: 'inner' })
          await inner.run(insert, { id: 5, name: 'clash' })
        }),
      ).rejects.toMatchObject({ code: 'CONFLICT' })
    })
  })
  expect(await Promise.all([stored(3), stored(4), stored(5)])).toEqual([true, true, false])
})

test('the outer handle rests while a savepoint is open', async () => {
  const { database } = openTestPool(home.admin)
  await database.transaction(async (tx) => {
    await tx.savepoint(async () => {
      await expect(tx.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
    })
    expect(await tx.run(byId, { id: 1 })).toHaveLength(1)
  })
})

test.each(['commit', ' COMMIT', 'rollback', '; begin', 'savepoint x', 'prepare transaction $$x$$', 'end', 'abort'])(
  'refuses %j as a statement',
  async (text) => {
    const { database } = openTestPool(home.admin)
    await expect(database.reader.db.execute(sql.raw(text))).rejects.toMatchObject({ code: 'INTERNAL' })
    await database.transaction(async (tx) => {
      await expect(tx.db.execute(sql.raw(text))).rejects.toMatchObject({ code: 'INTERNAL' })
    })
  },
)

test('a transaction that a disguised statement has ended does not go on', async () => {
  const { database, pool } = openTestPool(home.admin)
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'first half' })
    await tx.db.execute(sql.raw('/* hidden */ rollback'))
    await tx.run(insert, { id: 4, name: 'second half' })
  })
  await expect(attempt).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  expect(await Promise.all([stored(3), stored(4)])).toEqual([false, false])
  expect(pool.stats().open).toBe(0)
})

test('several statements in one text are refused', async () => {
  const { database } = openTestPool(home.admin)
  await expect(database.reader.db.execute(sql.raw('select 1; select 2'))).rejects.toMatchObject({
    detail: { sqlstate: '42601' },
  })
})

test('a read on a connection that died while idle is repeated on another', async () => {
  const { database } = openTestPool(home.admin, { max: 1 })
  await database.reader.run(byId, { id: 1 })
  await killBackends(admin.run)
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
})

test('a backend that dies while the callback waits for something else is reported at once', async () => {
  const { database } = openTestPool(home.admin)
  const never = gate()
  const working = gate()
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'half' })
    working.signal()
    await never.opened
    await tx.run(insert, { id: 4, name: 'other half' })
  })
  await working.opened
  await killBackends(admin.run)
  await expect(attempt).rejects.toMatchObject({ code: 'CONNECTION_LOST', detail: { sqlstate: '57P01' } })
  // The callback goes on in nobody's transaction, and reaches nothing.
  const other = await database.transaction((tx) => tx.run(insert, { id: 5, name: 'other' }))
  never.signal()
  expect(other).toEqual([{ id: 5 }])
  expect(await Promise.all([stored(3), stored(4), stored(5)])).toEqual([false, false, true])
})

test('a commit whose answer was lost is reported as unknown', async () => {
  await admin.run(`create or replace function die() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5); return null; end $$`)
  await admin.run(`create constraint trigger dies_at_commit after insert on events deferrable initially deferred
    for each row when (new.name = 'dies at commit') execute function die()`)
  const { database } = openTestPool(home.admin)
  const attempt = database.transaction((tx) => tx.run(insert, { id: 3, name: 'dies at commit' }))
  await expect(attempt).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' })
  expect(await stored(3)).toBe(false)
})

test('a transaction that takes too long is ended', async () => {
  const { database } = openTestPool(home.admin)
  const attempt = database.transaction(() => new Promise(() => {}), { timeoutMs: 100 })
  await expect(attempt).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
})

test('a slow statement ends at its deadline and leaves its connection usable', async () => {
  const { database, pool } = openTestPool(home.admin, { statementMs: 150 })
  const started = performance.now()
  await expect(database.reader.db.execute(sql`select pg_sleep(5)`)).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
  expect(performance.now() - started).toBeLessThan(1500)
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a read-only transaction sees one moment and cannot write', async () => {
  const { database } = openTestPool(home.admin)
  const options = { readOnly: true, isolation: 'repeatable read' } as const
  await database.transaction(async (tx) => {
    expect(await tx.run(byId, { id: 3 })).toEqual([])
    await admin.run("insert into events (id, name) values (3, 'later')")
    expect(await tx.run(byId, { id: 3 })).toEqual([])
  }, options)
  const attempt = database.transaction((tx) => tx.run(insert, { id: 4, name: 'no' }), options)
  await expect(attempt).rejects.toMatchObject({ detail: { sqlstate: '25006' } })
})

test('a prepared statement whose table changed is repeated by a reader and fails one transaction at most', async () => {
  const { database } = openTestPool(home.admin, { max: 1 })
  const all = statement<Record<string, never>, { id: number }>((db) =>
    db.execute(sql`select * from events order by id`),
  )

  await database.reader.run(all, {})
  await admin.run('alter table events add column extra int')
  expect(await database.reader.run(all, {})).toHaveLength(2)

  await admin.run('alter table events drop column extra')
  await expect(database.transaction((tx) => tx.run(all, {}))).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  expect(await database.transaction((tx) => tx.run(all, {}))).toHaveLength(2)
})

test.each([
  ['a setting', sql`set search_path to pg_catalog`],
  ['a setting made by a function', sql`select set_config('tenantry.note', 'x', false)`],
  ['a session lock', sql`select pg_advisory_lock(7)`],
  ['a prepared statement', sql`prepare mine as select 1`],
  ['a listener', sql`listen someone`],
])('a session in which %s was left is not given to anybody else', async (_name, query) => {
  const { database, pool } = openTestPool(home.admin)
  await database.reader.db.execute(query)
  expect(pool.stats().open).toBe(0)
})

test('errors speak of codes and names, never of SQL or values', async () => {
  const { database } = openTestPool(home.admin)
  const secret = 'very secret value'
  await database.transaction((tx) => tx.run(insert, { id: 3, name: secret }))
  const failures = [
    database.transaction((tx) => tx.run(insert, { id: 4, name: secret })),
    database.transaction((tx) => tx.db.insert(events).values({ id: 5, name: secret, fee: -1 })),
    database.transaction((tx) => tx.db.execute(sql`insert into events (id, name) values (6, ${null})`)),
    database.reader.db.execute(sql`select ${secret}::int`),
    database.reader.db.execute(sql`select * from nowhere where name = ${secret}`),
  ]
  const errors: unknown[] = []
  for (const failure of failures)
    errors.push(
      await failure.then(
        () => undefined,
        (error: unknown) => error,
      ),
    )
  expect(errors).toMatchObject([
    { code: 'CONFLICT', detail: { sqlstate: '23505', constraint: 'events_name_key', table: 'events' } },
    { code: 'RULE_VIOLATED', detail: { sqlstate: '23514', constraint: 'events_fee_check' } },
    { code: 'RULE_VIOLATED', detail: { sqlstate: '23502', column: 'name' } },
    { code: 'RULE_VIOLATED', detail: { sqlstate: '22P02' } },
    { code: 'DATABASE_ERROR', detail: { sqlstate: '42P01', about: 'relation "nowhere" does not exist' } },
  ])
  const { inspect } = await import('node:util')
  const printed = inspect(errors, { depth: 10, showHidden: true })
  expect(printed).not.toContain(secret)
  expect(printed).not.toMatch(/insert into|select \*/i)
})
