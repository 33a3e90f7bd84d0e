import { aliasedTable, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, useEvents } from './events.fixture.ts'
import { statement } from './statement.ts'

const home = useEvents()
const other = aliasedTable(events, 'other')

test('the row of an outer join that is not there is null, not an object of nulls', async () => {
  const { database } = home.openPool()
  const rows = await database.reader.db
    .select({ id: events.id, other: { id: other.id, name: other.name } })
    .from(events)
    .leftJoin(other, sql`${other.id} = ${events.id} + 1`)
    .orderBy(events.id)
  expect(rows).toEqual([
    { id: 1, other: { id: 2, name: 'gala' } },
    { id: 2, other: null },
  ])
})

test('an object of columns that happen to be null stays an object where its row is there', async () => {
  const { database } = home.openPool()
  const rows = await database.reader.db
    .select({ id: events.id, when: { day: events.day, startsAt: events.startsAt } })
    .from(events)
    .where(eq(events.id, 1))
  expect(rows).toEqual([{ id: 1, when: { day: null, startsAt: null } }])
})

test('a prepared statement maps joins as the query it was built from does', async () => {
  const { database } = home.openPool()
  const pairs = statement<{ step: number }, { id: number; other: { name: string } | null }>((db) =>
    db
      .select({ id: events.id, other: { name: other.name } })
      .from(events)
      .leftJoin(other, sql`${other.id} = ${events.id} + ${sql.placeholder('step')}::int`)
      .orderBy(events.id),
  )
  expect(await database.reader.run(pairs, { step: 1 })).toEqual([
    { id: 1, other: { name: 'gala' } },
    { id: 2, other: null },
  ])
  expect(await database.reader.run(pairs, { step: 0 })).toMatchObject([{ other: { name: 'wedding' } }, {}])
})

test('an expression is decoded as it says', async () => {
  const { database } = home.openPool()
  const rows = await database.reader.db
    .select({ plain: sql<string>`count(*)`, mapped: sql<number>`count(*)`.mapWith(Number) })
    .from(events)
  expect(rows).toEqual([{ plain: '2', mapped: 2 }])
})
