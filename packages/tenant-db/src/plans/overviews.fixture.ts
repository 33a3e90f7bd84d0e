import { AboutQuery } from '@tenantry/contracts/about'
import { OpportunityBoardQuery } from '@tenantry/contracts/opportunities'
import { LinkedEntity } from '@tenantry/contracts/record-links'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readAbout } from '../about/read-about.ts'
import { readTimeline } from '../records/timeline.ts'
import { readBoard } from '../opportunities/board.ts'
import { DashboardReader } from '../dashboard/repository.ts'
import type { FilledDatabase } from './filled-database.fixture.ts'
import { lists } from './lists.fixture.ts'

// A place is where things happen: nothing is sold to it.
const sold = LinkedEntity.options.filter((entity) => entity !== 'location')

/** What is put together of several tables reads none of them whole. */
export function testOverviews(database: FilledDatabase): void {
  test('the board takes the first cards of each stage from their index', async () => {
    const totals = [{ pipelineId: randomUUID(), stageId: randomUUID() }]
    const plan = await database.explain(
      (executor) => readBoard(executor, OpportunityBoardQuery.parse({ limitPerStage: 50 })),
      [totals],
    )
    expect(plan).toContain('Index Scan using opportunities_board')
    expect(plan).not.toContain('Seq Scan on opportunities')
    const owned = await database.explain(
      (executor) => readBoard(executor, OpportunityBoardQuery.parse({ ownerId: randomUUID() })),
      [totals],
    )
    expect(owned).not.toContain('Seq Scan on opportunities')
  })

  test('a timeline is read from its index', async () => {
    const of = { entity: 'account', entityId: randomUUID() }
    const timeline = await database.explain((executor) => readTimeline(executor, of, { limit: 50 }))
    expect(timeline).toMatch(/Scan (Backward )?using record_changes_timeline/)
    expect(timeline).not.toContain('Seq Scan on record_changes')
  })

  test('what an invoice comes to is read for the invoices of a page, by its keys', async () => {
    const plan = await database.explain((executor) => lists.invoices.page(executor, { sort: 'number' }))
    expect(plan).toContain('payment_allocations_by_invoice')
    expect(plan).not.toMatch(/Seq Scan on (invoices|payments|payment_allocations)/)
  })

  test('a dashboard adds up from what is kept and from indexes, and finds what is next without what is over or done', async () => {
    const plan = await database.explain((executor) => new DashboardReader(executor).overview({ months: 12 }))
    for (const index of ['invoices_claimed', 'payments_settled', 'tasks_open']) {
      expect(plan).toContain(`Index Only Scan using ${index}`)
    }
    expect(plan).toContain('Index Scan using event_dates_by_start')
    expect(plan).toContain('Index Scan using tasks_open')
    expect(plan).toContain('opportunity_sums')
    expect(plan).toContain('Scan using payments_not_kept')
    expect(plan).toContain('invoice_sums')
    expect(plan).toMatch(/Index Scan using invoices_pkey on invoices.*\n.*Index Cond: .*id = o.invoice_id/)
    expect(plan).not.toMatch(/(Seq Scan|_by_invoice|HashAggregate) on payment_allocations/)
    expect(plan).not.toMatch(/Scan (using \w+ )?on opportunities/)
    expect(plan).not.toMatch(/Seq Scan on (tasks|event_dates|events)/)
  })

  test.each(sold)('everything about one %s is found by what points at it, whatever else there is', async (entity) => {
    const plan = await database.explain((executor) =>
      readAbout(executor, AboutQuery.parse({ entity, id: randomUUID(), limit: 50 })),
    )
    expect(plan).toContain('record_changes_timeline')
    expect(plan).toContain('record_changes_steps')
    expect(plan).not.toMatch(
      /Seq Scan on (accounts|record_changes|record_links|opportunities|quotes|contracts|invoices|events|event_dates|notes)/,
    )
  })
}
