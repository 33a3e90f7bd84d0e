import type { Executor } from '@tenantry/connections/database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { accounts } from '../accounts/table.ts'
import { Listing, maxShapes, type ListQuery } from './listing.ts'
import { ownText } from './text-search.ts'

type Query = ListQuery<'name'> & { filters: Record<string, string> }

const names = Array.from({ length: 10 }, (_, n) => `filter${n}`)

test('a list keeps the statements that were asked for last, however many filters are put together', async () => {
  let built = 0
  const listing = new Listing<{ id: string }, 'name', Query>({
    table: accounts,
    sorts: { name: { key: accounts.name, of: ({ id }) => id, shape: z.string() } },
    filters: Object.fromEntries(
      names.map((name) => [
        name,
        { of: ({ filters }: Query) => filters[name], where: (value) => sql`${accounts.name} <> ${value}` },
      ]),
    ),
    texts: ownText(accounts),
    select: (db, { where }) => {
      built++
      return db.select({ id: accounts.id }).from(accounts).where(where)
    },
  })
  const ask = (shape: number) => {
    const filters = Object.fromEntries(names.flatMap((name, bit) => ((shape >> bit) & 1 ? [[name, 'x']] : [])))
    return listing.page(nobody, { show: 'active', sort: 'name', order: 'asc', limit: 50, filters })
  }
  for (let shape = 0; shape <= maxShapes; shape++) {
    await ask(shape)
    // Asked for all the time.
    await ask(1)
  }
  expect(built).toBe(maxShapes + 1)
  await ask(1)
  expect(built).toBe(maxShapes + 1)
  await ask(0)
  expect(built).toBe(maxShapes + 2)
})

/** Answers every statement with no row, once it is built. */
const nobody: Executor = {
  get db(): never {
    throw new Error('a list runs statements')
  },
  run: (statement, parameters) => statement.send(() => Promise.resolve([]), parameters),
  savepoint: () => Promise.reject(new Error('a list needs no savepoint')),
}
