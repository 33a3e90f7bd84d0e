import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { insert, useEvents } from './events.fixture.ts'
import { openProxy } from './proxy.fixture.ts'
import { isRefused } from './refused-statements.ts'

const home = useEvents()

test.each([
  'commit',
  ' COMMIT',
  'commit;',
  'rollback',
  'rollback to savepoint s1',
  '; begin',
  'start transaction',
  'savepoint x',
  'release x',
  'prepare transaction $$x$$',
  'end',
  'abort',
  '/* hidden */ commit',
  '/* /* nested */ */ commit and chain',
  '-- a line\n commit',
  ';;\n--\n/**/;commit',
  'do $$ begin commit; end $$',
  'call something()',
  'copy events to stdout',
])('refuses %j as a statement', async (text) => {
  const { database, pool } = home.openPool({ max: 1 })
  await expect(database.reader.db.execute(sql.raw(text))).rejects.toMatchObject({ code: 'INTERNAL' })
  await database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'kept' })
    await expect(tx.db.execute(sql.raw(text))).rejects.toMatchObject({ code: 'INTERNAL' })
  })
  expect(await home.stored(3)).toEqual([3])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test.each([
  'select 1',
  '(select 1) union (select 2)',
  '/* commit */ select 1',
  '-- commit\nselect 1',
  'docs',
  'do_something',
  'end$of',
  "/* a comment without an end 'commit'",
])('does not refuse %j', (text) => {
  expect(isRefused(text)).toBe(false)
})

test('several statements in one text are refused by the server, and none of them runs', async () => {
  const { database } = home.openPool()
  const two = sql.raw("insert into events (id, name) values (3, 'first'); commit")
  await expect(database.transaction((tx) => tx.db.execute(two))).rejects.toMatchObject({
    detail: { sqlstate: '42601' },
  })
  expect(await home.stored(3)).toEqual([])
})

test('a transaction that a pooler between us and the server has ended does not go on', async () => {
  const proxy = await openProxy(home.target)
  const { database, pool } = home.openPool({}, proxy.target)
  const inTransaction = Buffer.from([0x5a, 0, 0, 0, 5, 0x54])
  const attempt = database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'first half' })
    proxy.rewrite = (chunk) => {
      const at = chunk.indexOf(inTransaction)
      if (at >= 0) chunk.write('I', at + 5)
      return chunk
    }
    await tx.run(insert, { id: 4, name: 'unprotected' })
    await tx.run(insert, { id: 5, name: 'second half' })
  })
  await expect(attempt).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  expect(await home.stored(3, 4, 5)).toEqual([])
  expect(pool.stats().open).toBe(0)
})
