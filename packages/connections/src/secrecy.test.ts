import { sql } from 'drizzle-orm'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { events, insert, useEvents } from './events.fixture.ts'

const home = useEvents()

test('errors speak of codes and names, never of SQL or values', async () => {
  const { database } = home.openPool()
  const secret = 'very secret value'
  await database.transaction((tx) => tx.run(insert, { id: 3, name: secret }))
  const attempts = [
    () => database.transaction((tx) => tx.run(insert, { id: 4, name: secret })),
    () => database.transaction((tx) => tx.db.insert(events).values({ id: 5, name: secret, fee: -1 })),
    () => database.transaction((tx) => tx.db.execute(sql`insert into events (id, name) values (6, ${null})`)),
    () => database.reader.db.execute(sql`select ${secret}::int`),
    () => database.reader.db.execute(sql`select * from nowhere where name = ${secret}`),
    () => database.reader.db.execute(sql`select ${secret}, ${Symbol('none')}`),
    () => database.transaction((tx) => tx.savepoint((inner) => inner.run(insert, { id: 4, name: secret }))),
  ]
  const errors: unknown[] = []
  for (const attempt of attempts) errors.push(await attempt().catch((error: unknown) => error))
  expect(errors).toMatchObject([
    { code: 'CONFLICT', detail: { sqlstate: '23505', constraint: 'events_name_key', table: 'events' } },
    { code: 'RULE_VIOLATED', detail: { sqlstate: '23514', constraint: 'events_fee_check' } },
    { code: 'RULE_VIOLATED', detail: { sqlstate: '23502', column: 'name' } },
    { code: 'RULE_VIOLATED', detail: { sqlstate: '22P02' } },
    { code: 'DATABASE_ERROR', detail: { sqlstate: '42P01', about: 'relation "nowhere" does not exist' } },
    { code: 'INTERNAL' },
    { code: 'CONFLICT' },
  ])
  const printed = inspect(errors, { depth: 10, showHidden: true })
  expect(printed).not.toContain(secret)
  expect(printed).not.toMatch(/insert into|select \*/i)
})

test('a connection that is refused does not tell the password or the address', async () => {
  const password = 'a password nobody guesses'
  const { database } = home.openPool({}, { ...home.target, password: () => password })
  const error: unknown = await database.reader.db.execute(sql`select 1`).catch((failure: unknown) => failure)
  expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', detail: { reason: 'login', sqlstate: '28P01' } })
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(new RegExp(`${password}|${home.target.port}`))
})
