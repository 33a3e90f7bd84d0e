import { isTenantryError } from '@tenantry/errors'
import { createDatabase } from '@tenantry/testing/databases'
import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCopyLink } from './copy.ts'
import type { Target } from './target.ts'

let admin: Target
let drop: () => Promise<void>

beforeAll(async () => {
  ;({ admin, drop } = await createDatabase(mainServer()))
})
afterAll(() => drop())

test('rows flow from one connection to the other and arrive as they were', async () => {
  await using from = await openCopyLink(admin)
  await using to = await openCopyLink(admin)
  await from.run('create table origin as select n, repeat(chr(10) || n, 40) as words from generate_series(1, 40000) n')
  await from.run('create table goal (like origin)')
  const goal = await to.copyIn('copy goal from stdin')
  for await (const piece of from.copyOut('copy origin to stdout')) await goal.write(piece)
  expect(await goal.end()).toBe(40_000)
  const differing = await from.run('(table origin except table goal) union all (table goal except table origin)')
  expect(differing).toEqual([])
  // Both links are as good as before.
  expect(await to.change('delete from goal where n <= 10')).toBe(10)
})

test('a reader that rests holds the server back instead of the memory', async () => {
  await using link = await openCopyLink(admin)
  const before = process.memoryUsage().rss
  let bytes = 0
  for await (const piece of link.copyOut(`copy (select repeat('x', 1000) from generate_series(1, 100000)) to stdout`)) {
    bytes += piece.length
    if (bytes < 3_000_000) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(bytes).toBe(100_000 * 1001)
  expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000)
})

test('what the server refuses is told with its code, before the first row and after the last', async () => {
  await using link = await openCopyLink(admin)
  const sqlstate = (error: unknown) => (isTenantryError(error) ? error.detail?.['sqlstate'] : error)
  expect(await link.copyIn('copy nowhere from stdin').catch(sqlstate)).toBe('42P01')
  await link.run('create table numbers (n integer)')
  const copy = await link.copyIn('copy numbers from stdin')
  await copy.write(Buffer.from('1\nnot a number\n'))
  expect(await copy.end().catch(sqlstate)).toBe('22P02')
  const reading = async () => {
    for await (const piece of link.copyOut('copy (select 1 / (3 - n) from generate_series(1, 9) n) to stdout')) {
      expect(piece).toBeInstanceOf(Buffer)
    }
  }
  expect(await reading().catch(sqlstate)).toBe('22012')
  expect(await link.run('select count(*)::int as n from numbers')).toEqual([{ n: 0 }])
})

test('a backend that dies while rows flow ends both directions with CONNECTION_LOST', async () => {
  await using link = await openCopyLink(admin)
  await using killer = await openCopyLink(admin)
  const [me] = await link.run<{ pid: number }>('select pg_backend_pid() as pid')
  const copy = await link.copyIn('copy numbers from stdin')
  await killer.run('select pg_terminate_backend($1)', [me?.pid])
  const writing = async () => {
    for (;;) {
      await copy.write(Buffer.from('1\n'.repeat(10_000)))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  await expect(writing()).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
})

test('a server that sends rows of a COPY nobody asked for is refused', async () => {
  await using link = await openCopyLink(admin)
  await expect(link.run('copy (select 1) to stdout')).rejects.toMatchObject({ code: 'DATABASE_ERROR' })
})
