import { accountInput } from '@tenantry/testing/factories/account'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('every table is counted, each by the rows of the own tenant alone, up to a bound', async () => {
    const { mine, theirs } = placement()
    for (const { write } of [mine, theirs, theirs]) await write((db) => db.accounts.create(accountInput()))
    const counts = await mine.read.rowCounts.count(1_000)
    expect(counts).toMatchObject({ accounts: 1, member_refs: 1, opportunities: 0, record_changes: 1 })
    expect((await theirs.read.rowCounts.count(1)).accounts).toBe(1)
    expect((await theirs.read.rowCounts.count(10)).accounts).toBe(2)
    const tables = await mine.database.reader.db.execute<{ name: string }>(
      sql`select relname as name from pg_class where relnamespace = 'crm'::regnamespace and relkind in ('r', 'p')
        and relname not in ('identity', 'schema_migrations', 'search_texts') order by relname`,
    )
    expect(Object.keys(counts).toSorted()).toEqual(tables.map(({ name }) => name).toSorted())
  })
})
