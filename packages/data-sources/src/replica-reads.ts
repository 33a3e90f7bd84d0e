import { openDatabase, type Executor } from '@tenantry/connections/database'
import type { Pool } from '@tenantry/connections/pool'
import { endlessMark, markOf, positionOf, type WriteMark } from '@tenantry/contracts/write-mark'
import { TenantryError } from '@tenantry/errors'
import type { Logger } from '@tenantry/telemetry/logger'
import { readLogPosition, readReplayPosition } from '@tenantry/tenant-db/log-position'
import type { Breakers } from './breakers.ts'
import type { Config } from './config.ts'
import type { PoolCache } from './pool-cache.ts'
import { ReadPlacement, type Reading } from './read-placement.ts'
import { isOutage } from './translate-failure.ts'
import type { WorkMeter } from './work-meter.ts'

export interface ReplicaReadsNeeds {
  /** Of this process. */
  region: string | undefined
  pools: PoolCache
  breakers: Breakers
  meter: WorkMeter
  logger: Logger
}

/** Routes reads to standbys, and marks what was written, so that its writer's next reads are routed past those that lag. */
export class ReplicaReads {
  readonly #needs: ReplicaReadsNeeds
  readonly #placement: ReadPlacement

  constructor(needs: ReplicaReadsNeeds) {
    this.#needs = needs
    this.#placement = this.#openPlacement(needs)
  }

  /** Reads where it serves best: `attempt` at a standby, or `onPrimary`. Throws as they throw. */
  async read<T>(
    config: Config,
    { after, onServed }: Reading,
    { onPrimary, attempt }: { onPrimary: () => Promise<T>; attempt: (at: Config) => Promise<T> },
  ): Promise<T> {
    if (config.replicas.length === 0) return await onPrimary()
    const { replica, setbacks, ...served } = await this.#placement.place(config, after)
    onServed?.(served)
    if (replica === undefined) return await onPrimary()
    this.#needs.meter.readFromReplica(config.record.placement)
    try {
      const result = await attempt(replica.config)
      if (setbacks === undefined || setbacks === replica.setbacks) return result
    } catch (error) {
      if (isOutage(error)) replica.failed()
      throw error
    }
    throw new TenantryError('CONNECTION_LOST', { detail: { reason: 'a replica was restarted meanwhile' } })
  }

  /** After the commit, so that the position is behind it. */
  async markAfter(pool: Pool, { server }: Config): Promise<WriteMark> {
    try {
      return markOf(server, await readLogPosition(openDatabase(pool).reader))
    } catch {
      // It was written, and nobody knows where: only the primary is sure to show it.
      return endlessMark(server)
    }
  }

  #openPlacement({ region, pools, breakers, logger }: ReplicaReadsNeeds): ReadPlacement {
    const reader = <T>(config: Config, ask: (executor: Executor) => Promise<T>) =>
      pools.use(config, (pool) => ask(openDatabase(pool).reader))
    return new ReadPlacement({
      region,
      look: (replica) => reader(replica, readReplayPosition),
      positionOfPrimary: async (config) => positionOf(await reader(config, readLogPosition)),
      isPrimaryAway: ({ tenantId }) => breakers.states(tenantId).read !== 'closed',
      onUnfit: ({ tenantId, key }, err) => {
        const replica = key.slice(tenantId.length + 1)
        logger.warn({ tenantId, replica, err }, 'A replica is of no use at the moment')
      },
    })
  }
}
