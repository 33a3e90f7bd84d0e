import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useEvents } from './events.fixture.ts'
import { encodeParameter } from './parameters.ts'

const home = useEvents()

test.each([
  ['text', 'O\'Neil "\\" {,} 😀', `e'O\\'Neil "\\\\" {,} \\U0001F600'::text`],
  ['an empty text', '', `''::text`],
  ['a number', -0.000001, `'-1e-6'::float8`],
  ['not a number', Number.NaN, `'NaN'::float8`],
  ['a big integer', 9007199254740993n, '9007199254740993::int8'],
  ['true', true, 'true'],
  ['false', false, 'false'],
  ['nothing', null, 'null::text'],
  ['a moment', new Date('2026-05-01T18:00:00.123Z'), `timestamptz '2026-05-01 20:00:00.123+02'`],
  ['bytes', new Uint8Array([0, 1, 255]), `decode('0001ff', 'hex')`],
  [
    'an object',
    { a: [1, null, { b: '"' }] },
    `jsonb_build_object('a', jsonb_build_array(1, null, '{"b": "\\""}'::jsonb))`,
  ],
  ['a list', ['a', null, 'NULL', '', '{}', '"', '\\', 'b,c'], `array['a', null, 'NULL', '', '{}', '"', '\\', 'b,c']`],
  [
    'a list of lists',
    [
      [1, 2],
      [3, 4],
    ],
    'array[[1, 2], [3, 4]]',
  ],
  ['an empty list', [], 'array[]::text[]'],
])('%s arrives as it was sent', async (_name, value, literal) => {
  const { database } = home.openPool()
  const rows = await database.reader.db.execute(
    sql`select ${sql.param(value)} is not distinct from ${sql.raw(literal)} as same`,
  )
  expect(rows).toEqual([{ same: true }])
})

test.each([
  ['undefined', undefined],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['an invalid date', new Date(Number.NaN)],
  ['undefined in a list', [1, undefined]],
  ['a circle', circle()],
  ['an object that is undefined as JSON', { toJSON: () => undefined }],
  ['more than 32 million characters', 'x'.repeat(32 * 1024 * 1024 + 1)],
])('%s is refused before the driver sees it', (_name, value) => {
  expect(() => encodeParameter(value)).toThrow(TypeError)
})

test('a parameter that cannot be sent harms neither its connection nor the statements around it', async () => {
  const { database, pool } = home.openPool({ max: 1 })
  const rows = await database.transaction(async (tx) => {
    const before = tx.db.execute(sql`select 1 as n`)
    const broken = tx.db.execute(sql`select ${sql.param(Symbol('x'))}`)
    const after = tx.db.execute(sql`select 2 as n`)
    await expect(broken).rejects.toMatchObject({ code: 'INTERNAL' })
    return [await before, await after]
  })
  expect(rows).toEqual([[{ n: 1 }], [{ n: 2 }]])
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

test('a text with a zero byte is an error of its statement alone', async () => {
  const { database, pool } = home.openPool({ max: 1 })
  await expect(database.reader.db.execute(sql`select ${'a\0b'}::text`)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  await expect(database.reader.db.execute(sql.raw("select 'a\0b'"))).rejects.toMatchObject({ code: 'INTERNAL' })
  expect(pool.stats()).toMatchObject({ open: 1, idle: 1 })
})

function circle(): unknown {
  const value: { self?: unknown } = {}
  value.self = value
  return value
}
