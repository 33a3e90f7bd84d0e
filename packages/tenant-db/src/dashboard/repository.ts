import type { Executor } from '@tenantry/connections/database'
import type { DashboardOverview, DashboardQuery } from '@tenantry/contracts/dashboard'
import { countCap, type Count } from '@tenantry/contracts/pages'
import { theDay } from '../company/repository.ts'
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

function capped(count = 0): Count {
  return { count: Math.min(count, countCap), capped: count > countCap }
}
