import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { ownOnly } from './kinds.fixture.ts'
import { headingOf, lists } from './lists.fixture.ts'

/** Everybody's, whoever is limited. */
const common = ['locations', 'resources', 'catalog_items']
const limitedLists = lists.filter(({ name }) => !common.includes(name))

inEveryPlacement((placement) => {
  let alone: Desk
  let inTeam: Desk

  beforeAll(async () => {
    const { mine } = placement()
    await mine.write((db) => db.pipelines.create(pipelineInput()))
    for (const { insert } of lists) await mine.database.transaction((tx) => insert(tx, ['wedding one', 'wedding two']))
    const rows = await mine.database.transaction((tx) =>
      tx.db.execute<{ name: string }>(sql`
        select table_name as name from information_schema.columns
        where table_schema = 'crm' and column_name = 'created_by' and table_name <> 'payments'`),
    )
    // What SQL has inserted is the colleague's.
    await mine.database.transaction(async (tx) => {
      for (const { name } of rows) {
        await tx.db.execute(
          sql`update ${sql.identifier('crm')}.${sql.identifier(name)} set created_by = ${mine.person.id}`,
        )
      }
    })
    alone = await mine.limited(ownOnly)
    inTeam = await mine.limited((person) => teamOf([person, mine.person.id]))
  })

  describe.each(limitedLists)('the list of $name', (list) => {
    test('holds nothing of a colleague, whatever is asked of it', async () => {
      for (const show of ['active', 'archived', 'deleted']) {
        expect(await list.page(alone.read, { show })).toEqual({ rows: [], nextCursor: null })
        expect(await list.count(alone.read, { show })).toEqual({ count: 0, capped: false })
      }
      expect(await list.page(alone.read, { search: 'wedding' })).toEqual({ rows: [], nextCursor: null })
      expect(await list.count(alone.read, { search: 'wedding' })).toEqual({ count: 0, capped: false })
    })

    test('holds what is the team’s', async () => {
      const found = (await list.page(inTeam.read, { search: 'wedding' })).rows.map(headingOf)
      expect(found.toSorted()).toEqual(['wedding one', 'wedding two'])
      expect(await list.count(inTeam.read, {})).toEqual(await list.count(placement().mine.read, {}))
    })
  })
})

function teamOf(people: readonly string[]) {
  const limits = ownOnly('')
  const team = Object.fromEntries(Object.keys(limits.see).map((kind) => [kind, people]))
  return { see: team, change: team }
}
