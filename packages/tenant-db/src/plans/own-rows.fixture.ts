import { PaymentSort } from '@tenantry/contracts/payments'
import { OpportunityBoardQuery } from '@tenantry/contracts/opportunities'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readBoard } from '../opportunities/board.ts'
import { ownOnly } from '../records/kinds.fixture.ts'
import { LimitedExecutor } from '../row-access/limited-executor.ts'
import type { FilledDatabase } from './filled-database.fixture.ts'
import { named, payments } from './lists.fixture.ts'

const byOwner = ['accounts', 'contacts', 'leads', 'opportunities', 'events'].map((table) => `${table}_by_owner`)

/** The indexes by which rows are found by whose they are: those that are counted first, and those that follow. */
const ownIndexes: Record<string, { counted: string[]; followed?: string[] }> = {
  ...byName(['accounts', 'contacts', 'opportunities', 'leads', 'events', 'tasks'], (name) => ({
    counted: [`${name}_by_owner`],
  })),
  ...byName(['notes'], (name) => ({ counted: [`${name}_by_author`] })),
  attachments: {
    counted: ['attachments_by_author', 'attachments_by_evidence', 'communications_by_author', ...byOwner],
    followed: ['attachments_by_communication'],
  },
  communications: {
    counted: ['communications_by_author', ...byOwner, 'quotes_by_author', 'contracts_by_author', 'invoices_by_author'],
    followed: ['accounts', 'contacts', 'leads', 'opportunities', 'events', 'quotes', 'contracts', 'invoices'].map(
      (table) => `record_links_by_${table.slice(0, -1).replace('opportunitie', 'opportunity')}`,
    ),
  },
  ...byName(['quotes', 'contracts'], (name) => ({
    counted: [`${name}_by_author`, 'accounts_by_owner'],
    followed: [`${name}_by_account`],
  })),
  invoices: {
    counted: ['invoices_by_author', 'accounts_by_owner'],
    followed: ['invoices_by_account', 'invoices_by_credited'],
  },
  payments: {
    counted: ['payments_by_author', 'accounts_by_owner', 'invoices_by_author'],
    followed: ['payments_by_account', 'invoices_by_credited', 'payment_allocations_by_invoice', 'payments_by_refunded'],
  },
  event_dates: {
    counted: ['events_by_owner', 'opportunities_by_owner'],
    followed: ['event_dates_of_event', 'event_dates_of_opportunity'],
  },
}
const owned = [...named, payments].flatMap((list) => {
  const indexes = ownIndexes[list.name]
  const sorts = list === payments ? PaymentSort.options : list.sorts
  return indexes === undefined ? [] : [{ ...list, sorts, counted: indexes.counted, followed: indexes.followed ?? [] }]
})

function byName<Value>(names: string[], of: (name: string) => Value): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, of(name)]))
}

/** What a limited member reaches is found by whose it is. */
export function testOwnRows(database: FilledDatabase): void {
  test.each(owned)(
    'a limited member’s own rows among all $name are found by whose they are, and then by their keys',
    async ({ name, sorts, page, counted, followed }) => {
      const found = [{ ids: `{${randomUUID()}}` }]
      for (const sort of sorts) {
        const plan = await database.explain(
          (executor) => page(new LimitedExecutor(executor, ownOnly(randomUUID())), { sort, search: 'zebra' }),
          [found],
        )
        // The index of the search begins with the key, and holds the text too.
        const finding = `Index( Only)? Scan using (${[...counted, ...followed].join('|')})`
        const keys = `Index Scan using ${name}_(pkey|search)`
        const scans = plan.match(new RegExp(`\\w+ (Only )?Scan using ${name}_\\w+`, 'g')) ?? []
        expect(scans.filter((scan) => !new RegExp(`^(${finding}|${keys})$`).test(scan))).toEqual([])
        for (const index of counted) expect(plan).toContain(`Index Only Scan using ${index}`)
        for (const index of followed) expect(plan).toMatch(new RegExp(`Scan (using|on) ${index}`))
        expect(plan).toMatch(new RegExp(`${keys}.*\\n.*Index Cond: .*id = ANY`))
        expect(plan).not.toMatch(/Seq Scan on (accounts|events|opportunities|invoices|payment_allocations)/)
        expect(plan).not.toContain(`Seq Scan on ${name}`)
      }
    },
  )

  test('the board of a limited member reads their cards by their keys, and walks no stage', async () => {
    const found = [{ ids: `{${randomUUID()}}` }]
    const totals = [{ pipelineId: randomUUID(), stageId: randomUUID() }]
    const plan = await database.explain(
      (executor) => readBoard(new LimitedExecutor(executor, ownOnly(randomUUID())), OpportunityBoardQuery.parse({})),
      [found, totals],
    )
    expect(plan).toContain('Index Only Scan using opportunities_by_owner')
    expect(plan.match(/opportunities_(pkey|search) on .*\n.*Index Cond: .*id = ANY/g)).toHaveLength(2)
    expect(plan).not.toContain('opportunities_board')
    expect(plan).not.toContain('Seq Scan on opportunities')
  })
}
