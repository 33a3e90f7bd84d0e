import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { FilledDatabase } from './filled-database.fixture.ts'
import { named } from './lists.fixture.ts'

/** Searches ask what texts are found by, and read the rows that they have found. */
export function testSearches(database: FilledDatabase): void {
  test.each(named)('a search in $name reads texts from an index and no row', async ({ searched, page }) => {
    // Of what separates words, which `searchTexts` has no index for.
    const plan = await database.explain((executor) => page(executor, { search: '-@' }))
    expect(plan.match(/\S* ?\S* ?Scan using \w+/g)).toEqual(searched.map((index) => `Index Only Scan using ${index}`))
  })

  test.each([
    ['accounts', 'ount 1999', 11],
    ['contacts', 't 4999', 1],
    ['opportunities', 'ing 4999', 1],
    ['accounts', 'zebra', 0],
    ['accounts', 'zq', 0],
    ['opportunities', 'q', 0],
    ['contacts', 'ж', 0],
    ['contacts', 'łó', 0],
  ])(
    'of %s a search for «%s» looks at a hundred texts, and then at hardly more than have it',
    async (source, sought, held) => {
      const [answer] = await database.reader.run(lookedAt(source), { sought })
      expect(answer).toMatchObject({ found: held, walked: 0 })
      expect(answer?.fetched).toBeLessThan(130)
    },
  )

  test.each(named.filter(({ name }) => ['accounts', 'contacts', 'opportunities'].includes(name)))(
    'a search in $name is one statement: found rows are read by their keys, and the order is walked when the index leaves it to that',
    async ({ name, page }) => {
      const plan = await database.explain((executor) => page(executor, { search: 'zebra', sort: 'name' }))
      expect(plan.match(/^Limit/gm)).toHaveLength(1)
      expect(plan).toMatch(new RegExp(`Index Scan using ${name}_(pkey|search) on .*\\n.*Index Cond: .*id = ANY`))
      expect(plan).toMatch(/One-Time Filter: .*_with_text\(.* IS NULL/)
      expect(plan).toContain(`Index Scan using ${name}_by_name`)
      expect(plan).not.toContain(`Seq Scan on ${name}`)
      for (let count = 0; count < 10; count++) await page(database.reader, { search: 'zebra', sort: 'name' })
      const [plans] = await database.reader.run(plansOfSearch, { like: `%${name}_with_text%limit 51` })
      expect(Number(plans?.generic)).toBeGreaterThanOrEqual(5)
    },
  )
}

const plansOfSearch = statement<{ like: string }, { generic: string }>((db) =>
  db.execute<{ generic: string }>(sql`
    select generic_plans as generic from pg_prepared_statements
    where statement like ${sql.placeholder('like')} and statement not like '%pg_prepared_statements%'`),
)

/** How many texts a search has read, by what Postgres counts within a statement. */
function lookedAt(source: string) {
  return statement<{ sought: string }, { found: number; walked: number; fetched: number }>((db) =>
    db.execute<{ found: number; walked: number; fetched: number }>(sql`
      select cardinality(crm.${sql.identifier(`${source}_with_text`)}(${sql.placeholder('sought')})) as found,
        pg_stat_get_xact_tuples_returned('crm.search_texts'::regclass)::integer as walked,
        pg_stat_get_xact_tuples_fetched('crm.search_texts'::regclass)::integer as fetched`),
  )
}
