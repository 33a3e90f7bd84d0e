import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, useEvents } from './events.fixture.ts'
import { statement } from './statement.ts'

const home = useEvents()

test('a statement is built once, at its first use', async () => {
  const { database } = home.openPool()
  let builds = 0
  const counted = statement<{ id: number }, { name: string }>((db) => {
    builds++
    return db
      .select({ name: events.name })
      .from(events)
      .where(eq(events.id, sql.placeholder('id')))
  })
  expect(builds).toBe(0)
  expect(await database.reader.run(counted, { id: 1 })).toEqual([{ name: 'wedding' }])
  expect(await database.reader.run(counted, { id: 2 })).toEqual([{ name: 'gala' }])
  expect(builds).toBe(1)
})

test('a statement is prepared once per connection, whatever its values', async () => {
  const { database } = home.openPool({ max: 1 })
  const anything = statement<{ value: unknown }, { same: string }>((db) =>
    db.execute(sql`select ${sql.placeholder('value')}::text as same`),
  )
  for (const value of ['text', null, 1, true, new Date(0), 2n]) await database.reader.run(anything, { value })
  const prepared = sql`select count(*)::int as count from pg_prepared_statements where statement like '%::text as same'`
  expect(await database.reader.db.execute(prepared)).toEqual([{ count: 1 }])
})

test('values are encoded by the column they are written to', async () => {
  const { database } = home.openPool()
  const priced = statement<{ fee: number }, { fee: number | null }>((db) =>
    db
      .insert(events)
      .values({ id: 3, name: 'prom', fee: sql.placeholder('fee') })
      .returning({ fee: events.fee }),
  )
  expect(await database.transaction((tx) => tx.run(priced, { fee: 5 }))).toEqual([{ fee: 5 }])
  await expect(database.transaction((tx) => tx.run(priced, { fee: 0.5 }))).rejects.toMatchObject({
    code: 'INTERNAL',
    detail: { reason: 'an amount is not a safe integer' },
  })
})

test('a placeholder without a value is refused, and nothing is sent', async () => {
  const { database, pool } = home.openPool()
  const named = statement<{ id?: number }, { id: number }>((db) =>
    db
      .select({ id: events.id })
      .from(events)
      .where(eq(events.id, sql.placeholder('id'))),
  )
  await expect(database.reader.run(named, {})).rejects.toMatchObject({
    code: 'INTERNAL',
    detail: { reason: 'the statement needs a value for «id»' },
  })
  expect(pool.stats().open).toBe(0)
})

test('what is no query cannot be a statement', async () => {
  const { database } = home.openPool()
  const broken = statement<Record<string, never>, unknown>(() => Promise.resolve([]))
  await expect(database.reader.run(broken, {})).rejects.toThrow('must return a Drizzle query')
})
