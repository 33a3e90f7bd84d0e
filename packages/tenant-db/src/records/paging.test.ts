import { statement } from '@tenantry/connections/statement'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sql, type SQL } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { lists, textSortOf, type AnyList } from './lists.fixture.ts'

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    for (const desk of [mine, theirs]) {
      await desk.write((db) => db.pipelines.create(pipelineInput()))
      for (const { fill } of lists) await desk.database.transaction(fill)
    }
  })

  describe.each(lists)('the list of $name', (list) => {
    const ways = Object.entries(list.orders).flatMap(([sort, key]) =>
      (['asc', 'desc'] as const).map((order) => ({ sort, key, order })),
    )

    test.each(ways)(
      'by $sort, $order, pages through every row once, in the order of Postgres',
      async ({ sort, key, order }) => {
        const { mine } = placement()
        const expected = await orderedIds(mine, list, order === 'asc' ? sql`${key}, id` : sql`${key} desc, id desc`)
        expect(expected).toHaveLength(60)
        // 7 is no usual size of a page, 25 is one; 60 rows end within a page of either, and exactly with one of 20.
        for (const limit of [7, 20, 25]) {
          expect(await idsOfAllPages(mine, list, { sort, order, limit })).toEqual(expected)
        }
      },
    )

    test('the last page has no cursor, also when it is full', async () => {
      const { mine } = placement()
      const whole = await list.page(mine.read, { limit: 60 })
      expect(whole).toMatchObject({ nextCursor: null })
      const almost = await list.page(mine.read, { limit: 59 })
      expect(almost.nextCursor).not.toBeNull()
      const rest = await list.page(mine.read, { limit: 59, cursor: almost.nextCursor })
      expect(rest).toMatchObject({ rows: [whole.rows[59]], nextCursor: null })
    })

    test('a cursor is refused by any other order, and so is what is not a cursor', async () => {
      const { mine } = placement()
      const { nextCursor } = await list.page(mine.read, { sort: 'createdAt', order: 'asc', limit: 5 })
      const sort = textSortOf(list)
      const place = (value: unknown, id: unknown = 'b5f2b2a5-1a0e-4f3a-9f0c-0d8a9f6f2c11') =>
        Buffer.from(JSON.stringify([`${sort} asc`, value, id])).toString('base64url')
      const refused = [
        { sort: 'createdAt', order: 'desc', cursor: nextCursor },
        { sort: 'updatedAt', order: 'asc', cursor: nextCursor },
        { sort, cursor: '' },
        { sort, cursor: 'bm90IGpzb24' },
        { sort, cursor: place('alder', 'not an id') },
        { sort, cursor: place(7) },
        { sort, cursor: place(null) },
        { sort, cursor: place('zero \0 byte') },
      ]
      for (const query of refused) {
        await expect(list.page(mine.read, query)).rejects.toMatchObject({ code: 'BAD_INPUT' })
      }
    })

    test('a cursor of another tenant shows nothing but the rows of one’s own', async () => {
      const { mine, theirs } = placement()
      const { nextCursor: cursor } = await list.page(theirs.read, { sort: textSortOf(list), limit: 5 })
      const own = new Set(await orderedIds(mine, list, sql`id`))
      const { rows } = await list.page(mine.read, { sort: textSortOf(list), cursor, limit: 200 })
      expect(rows.filter(({ id }) => !own.has(id))).toEqual([])
    })
  })
})

async function idsOfAllPages(desk: Desk, list: AnyList, query: object): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page = await list.page(desk.read, { ...query, cursor })
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null && ids.length < 1000)
  return ids
}

async function orderedIds(desk: Desk, { name }: AnyList, order: SQL): Promise<string[]> {
  const rows = await desk.database.reader.run(
    statement<Record<string, never>, { id: string }>((db) =>
      db.execute<{ id: string }>(sql`select id from crm.${sql.identifier(name)} order by ${order}`),
    ),
    {},
  )
  return rows.map(({ id }) => id)
}
