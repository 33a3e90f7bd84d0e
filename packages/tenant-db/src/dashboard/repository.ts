import type { Executor } from '@tenantry/connections/database'
import type { DashboardOverview, DashboardQuery } from '@tenantry/contracts/dashboard'
import { countCap, type Count } from '@tenantry/contracts/pages'
import { theDay } from '../company/repository.ts'
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

  /** In how many cells what is kept added up differs from the rows; reads every open opportunity. */
  async wrongSums(): Promise<number> {
    const [drift] = await this.#executor.run(countDrift, {})
    return drift?.cells ?? 0
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

  /** Makes what is kept added up say again what the rows say; gives in how many cells it did not. */
  async mendSums(): Promise<number> {
    return (await this.#executor.run(mendDrift, {})).length
  }
}

function capped(count = 0): Count {
  return { count: Math.min(count, countCap), capped: count > countCap }
}
