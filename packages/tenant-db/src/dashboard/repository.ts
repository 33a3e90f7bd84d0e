import type { Executor } from '@tenantry/connections/database'
import type { DashboardOverview, DashboardQuery } from '@tenantry/contracts/dashboard'
import { countCap, type Count } from '@tenantry/contracts/pages'
import { theDay } from '../company/repository.ts'
import { countInvoiceDrift, mendInvoiceDrift } from '../invoice-sums/drift.ts'
import { countDrift, mendDrift } from '../opportunity-sums/drift.ts'
import { dueCounts, nextTasks, upcomingDates } from './agenda.ts'
import { overdueByCurrency } from './overdue.ts'
import { forecastOf, openCells, pipelineOf } from './pipeline.ts'
import { revenueByMonth } from './revenue.ts'

/** What the landing page shows, added up of the records the caller sees. */
export class DashboardReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** How many of the sums that are kept differ from the rows; reads every open opportunity, issued invoice and allocation. */
  async wrongSums(): Promise<number> {
    const run = [this.#executor.run(countDrift, {}), this.#executor.run(countInvoiceDrift, {})] as const
    const [[cells], [invoices]] = await Promise.all(run)
    return (cells?.cells ?? 0) + (invoices?.invoices ?? 0)
  }

  /** All statements are sent at once, so it takes one round trip. */
  async overview({ months, assigneeId }: DashboardQuery): Promise<DashboardOverview> {
    const executor = this.#executor
    const whose = assigneeId === undefined ? 'everybodys' : 'of'
    const task = { assigneeId: assigneeId ?? null }
    const [days, cells, revenue, overdue, upcoming, next, counts] = await Promise.all([
      executor.run(theDay, {}),
      executor.run(openCells, {}),
      executor.run(revenueByMonth, { months }),
      executor.run(overdueByCurrency, {}),
      executor.run(upcomingDates, {}),
      executor.run(nextTasks[whose], task),
      executor.run(dueCounts[whose], task),
    ])
    const [count] = counts
    return {
      today: days[0]?.today ?? '',
      pipeline: pipelineOf(cells),
      forecast: forecastOf(cells),
      revenue,
      overdue,
      upcoming,
      tasks: { overdue: capped(count?.overdue), dueToday: capped(count?.dueToday), next },
    }
  }
}

/** Of a transaction. */
export class DashboardWriter extends DashboardReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    super(executor)
    this.#executor = executor
  }

  /** Makes what is kept added up say again what the rows say; gives how many sums did not. */
  async mendSums(): Promise<number> {
    const cells = await this.#executor.run(mendDrift, {})
    const invoices = await this.#executor.run(mendInvoiceDrift, {})
    return cells.length + invoices.length
  }
}

function capped(count = 0): Count {
  return { count: Math.min(count, countCap), capped: count > countCap }
}
