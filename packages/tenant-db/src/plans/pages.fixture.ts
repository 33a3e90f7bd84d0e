import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { PaymentListQuery, PaymentSort } from '@tenantry/contracts/payments'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { paymentListing } from '../payments/listing.ts'
import type { FilledDatabase } from './filled-database.fixture.ts'
import { indexOf, lists, named } from './lists.fixture.ts'

const orders = named.flatMap(({ name, sorts, page }) => sorts.map((sort) => ({ name, sort, page })))

/** Pages of lists walk an index, whatever they are sorted by. */
export function testPages(database: FilledDatabase): void {
  test.each(orders)('any page of $name by $sort walks its index and sorts nothing', async ({ name, sort, page }) => {
    const index = `using ${name}_${indexOf[sort]}`
    for (const order of ['asc', 'desc']) {
      const first = await database.explain((executor) => page(executor, { sort, order }))
      expect(first).toContain(index)
      expect(first).not.toContain(`Sort Key: ${name}.`)
      const { nextCursor: cursor } = await page(database.reader, { sort, order, limit: 200 })
      const next = await database.explain((executor) => page(executor, { sort, order, cursor }))
      expect(next).toContain(index)
      expect(next).not.toContain(`Sort Key: ${name}.`)
      // The place in the list is where the index scan begins, not a filter over all rows before it.
      expect(next).toMatch(/Index Cond: .*ROW\(/)
    }
  })

  test.each(named)(
    'the archive and the bin of $name are read without the rows outside of them',
    async ({ name, page }) => {
      expect(await database.explain((executor) => page(executor, { show: 'archived' }))).toContain(`${name}_archive`)
      expect(await database.explain((executor) => page(executor, { show: 'deleted' }))).toContain(`${name}_bin`)
    },
  )

  test.each(PaymentSort.options)('any page of payments by %s walks its index and sorts nothing', async (sort) => {
    const page = (executor: Executor, cursor?: string | null) =>
      paymentListing.page(executor, {
        ...PaymentListQuery.parse({ sort, order: 'desc', limit: 200, cursor }),
        show: 'active',
      })
    const first = await database.explain((executor) => page(executor))
    const { nextCursor } = await page(database.reader)
    const next = await database.explain((executor) => page(executor, nextCursor))
    for (const plan of [first, next]) {
      expect(plan).toContain(`using ${sort === 'amount' ? 'payments_by_amount' : 'payments_by_received'}`)
      expect(plan).not.toContain('Sort Key: payments.')
    }
    expect(next).toMatch(/Index Cond: .*ROW\(/)
  })

  test('a page of a usual size is planned once, not each time it is asked for', async () => {
    for (let count = 0; count < 10; count++) await lists.accounts.page(database.reader, { sort: 'status', limit: 50 })
    const [plans] = await database.reader.run(plansOfPages, {})
    expect(plans).toEqual({ custom: '0', generic: '10' })
  })
}

const plansOfPages = statement<Record<string, never>, { custom: string; generic: string }>((db) =>
  db.execute<{ custom: string; generic: string }>(sql`
    select custom_plans as custom, generic_plans as generic from pg_prepared_statements
    where statement like '%"status" asc%limit 51'`),
)
