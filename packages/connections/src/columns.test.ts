import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { instantFromText } from './columns.ts'
import { events, useEvents } from './events.fixture.ts'

const home = useEvents()

test('every kind of column comes back as it was written', async () => {
  const { database } = home.openPool()
  const event = {
    id: 3,
    name: 'prom',
    day: '2026-05-01',
    startsAt: '2026-05-01T18:00:00.123456Z',
    fee: 9_007_199_254_740_991,
    hours: '1234567.125',
    email: 'Robin@Example.org',
    facts: { guests: 120, notes: ['bring "cake"', null] },
    labels: ['a,b', '"quoted"', ''],
    key: '0198f3c4-0000-7000-8000-000000000001',
    zoned: '2026-05-01 18:00:00.5+00',
  }
  await database.transaction((tx) => tx.db.insert(events).values(event))
  expect(await database.reader.db.select().from(events).where(eq(events.id, 3))).toEqual([event])
  expect(
    await database.reader.db.select({ id: events.id }).from(events).where(eq(events.email, 'robin@EXAMPLE.org')),
  ).toEqual([{ id: 3 }])
})

test('an amount that a number cannot hold is refused, not rounded', async () => {
  const { database } = home.openPool()
  await home.admin("insert into events (id, name, fee) values (3, 'dear', 9007199254740993)")
  const fee = database.reader.db.select({ fee: events.fee }).from(events).where(eq(events.id, 3))
  await expect(fee).rejects.toMatchObject({ code: 'INTERNAL', detail: { reason: 'an amount is not a safe integer' } })
})

test.each([
  ['2026-05-01 18:00:00+00', '2026-05-01T18:00:00Z'],
  ['2026-05-01 18:00:00.5+00', '2026-05-01T18:00:00.5Z'],
  ['2026-05-01 18:00:00.123456+00', '2026-05-01T18:00:00.123456Z'],
  ['infinity', 'infinity'],
])('%s becomes %s', (printed, instant) => {
  expect(instantFromText(printed)).toBe(instant)
})
