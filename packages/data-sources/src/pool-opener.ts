import { openPool, type Permits, type Pool, type PoolOptions, type ProvingLink } from '@tenantry/connections/pool'
import type { Target } from '@tenantry/connections/target'
import type { Config } from './config.ts'
import type { DataSourceRecord } from './grant-desk.ts'
import { proveIdentity, proveReadsOnly, proveStandby } from './prove-identity.ts'
import type { SchemaVersions } from './schema-versions.ts'
import type { ServerBudgets } from './server-budgets.ts'
import type { WorkMeter } from './work-meter.ts'

/** What a tenant's pool is opened with, beside what its own `connection_pool_config` says. */
export type GivenPoolOptions = Omit<PoolOptions, 'prove' | 'permits'>

export interface PoolNeeds {
  given: GivenPoolOptions | undefined
  budgets: ServerBudgets | undefined
  versions: SchemaVersions
  meter: WorkMeter
}

/** Physical connections of one tenant, when nobody says otherwise. */
const defaultConnections = 8

const supportConnections = 2

/** Opens the pool of a config: every new connection proves whose database it reached, within what the server bears. */
export class PoolOpener {
  readonly #needs: PoolNeeds

  constructor(needs: PoolNeeds) {
    this.#needs = needs
  }

  open({ tenantId, target, record, login, onConnected }: Config): Pool {
    const { versions, meter } = this.#needs
    // The proof's first statement is what dials, so its time is that of the whole connect.
    const prove = async (link: ProvingLink) => {
      const began = performance.now()
      versions.saw(tenantId, await proveIdentity(link, record))
      if (login === 'support') await proveReadsOnly(link)
      if (onConnected) onConnected(await proveStandby(link))
      meter.connected(record.placement, performance.now() - began)
    }
    const permits = this.permitsOf(target)
    const options = this.optionsOf(record)
    // Somebody who looks takes no connection from those who work there.
    const narrower = login === 'support' && { max: supportConnections }
    return openPool(target, { ...options, ...narrower, prove, ...(permits && { permits }) })
  }

  optionsOf({ pool }: DataSourceRecord): GivenPoolOptions & { max: number } {
    return { max: defaultConnections, ...this.#needs.given, ...pool }
  }

  /** The connections that all processes share on the target's server. */
  permitsOf(target: Target): Permits | undefined {
    return this.#needs.budgets?.of(target)
  }
}
