import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'
import { headingOf, lists, textSortOf } from './lists.fixture.ts'

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    for (const desk of [mine, theirs]) {
      await desk.write((db) => db.pipelines.create(pipelineInput()))
      for (const { insert } of lists) await desk.database.transaction((tx) => insert(tx, numbered(999)))
    }
  })

  describe.each(lists)('the list of $name', (list) => {
    test('is counted to a thousand and no further', async () => {
      const { mine } = placement()
      const add = (name: string) => mine.database.transaction((tx) => list.insert(tx, [name]))
      expect(await list.count(mine.read, {})).toEqual({ count: 999, capped: false })
      await add('wedding 1000')
      expect(await list.count(mine.read, {})).toEqual({ count: 1000, capped: false })
      await add('wedding 1001')
      expect(await list.count(mine.read, {})).toEqual({ count: 1000, capped: true })
    })

    test('is counted by what is searched for, many as well as few', async () => {
      const { mine } = placement()
      expect(await list.count(mine.read, { search: 'WEDDING' })).toEqual({ count: 1000, capped: true })
      expect(await list.count(mine.read, { search: 'wedding 7' })).toEqual({ count: 111, capped: false })
    })

    test('finds among many rows only those that match, page by page in its order', async () => {
      const { mine } = placement()
      await mine.database.transaction((tx) => list.insert(tx, ['gala', 'x-mas', 'wedding gala']))
      for (const order of ['asc', 'desc']) {
        const found: string[] = []
        let cursor: string | null = null
        do {
          const page = await list.page(mine.read, {
            search: 'wedding',
            sort: textSortOf(list),
            order,
            limit: 200,
            cursor,
          })
          found.push(...page.rows.map(headingOf))
          cursor = page.nextCursor
        } while (cursor !== null)
        expect(found.toSorted()).toEqual(['wedding gala', ...numbered(1001)].toSorted())
      }
    })
  })
})

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `wedding ${index + 1}`)
}
