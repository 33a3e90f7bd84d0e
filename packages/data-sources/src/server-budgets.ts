import type { Target } from '@tenantry/connections/target'
import type { Logger } from '@tenantry/telemetry/logger'
import { ServerBudget, type ShareSource } from './server-budget.ts'
import type { ServerStatistics } from './statistics.ts'

export interface BudgetsOptions {
  source: ShareSource
  /** Connections to one server, of all processes together. */
  mostPerServer: number
  logger: Logger
}

/** The budget of each server that this process has connections to. */
export class ServerBudgets {
  readonly #options: BudgetsOptions
  readonly #budgets = new Map<string, ServerBudget>()

  constructor(options: BudgetsOptions) {
    this.#options = options
  }

  of({ host, port }: Pick<Target, 'host' | 'port'>): ServerBudget {
    const { source, mostPerServer: most, logger } = this.#options
    const server = `${host}:${port}`
    const budget = this.#budgets.get(server) ?? new ServerBudget({ server, most, source, logger })
    this.#budgets.set(server, budget)
    return budget
  }

  stats(): ServerStatistics[] {
    return [...this.#budgets.values()].map((budget) => budget.stats())
  }

  async close(): Promise<void> {
    await Promise.all([...this.#budgets.values()].map((budget) => budget.close()))
  }
}
