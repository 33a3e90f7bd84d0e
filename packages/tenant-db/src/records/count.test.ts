import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'
import { lists } from './lists.fixture.ts'

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

    test('shows the same rows to a search that finds many as without it', async () => {
      const { mine } = placement()
      for (const query of [{ sort: 'name' }, { sort: 'name', order: 'desc', limit: 7 }]) {
        const first = await list.page(mine.read, query)
        const found = await list.page(mine.read, { ...query, search: 'wedding' })
        expect(found).toEqual(first)
        const cursor = first.nextCursor
        expect(await list.page(mine.read, { ...query, cursor, search: 'wedding' })).toEqual(
          await list.page(mine.read, { ...query, cursor }),
        )
      }
    })
  })
})

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `wedding ${index + 1}`)
}
