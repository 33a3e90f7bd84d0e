import type { Config } from './config.ts'
import type { Replica, Sight } from './replica.ts'
import { positionIn, type WriteMark } from '@tenantry/contracts/write-mark'

export interface Reading {
  /** The reader's own last write: it is seen, or the primary is asked. */
  after?: WriteMark | undefined
  /** Told once where the answer comes from. */
  onServed?: (served: Served) => void
}

export interface Served {
  from: 'primary' | 'replica'
  /** The primary is away: this is from a replica, and what was written last may be missing, one's own as well. */
  mayBeBehind: boolean
}

/** Where a read goes: to the primary when `replica` is undefined. */
export interface Place extends Served {
  replica?: Replica
  /** What a restart in the meantime must not have undone. */
  setbacks?: number
}

export interface PlacementNeeds {
  /** Of this process; without one the primary answers everything. */
  region: string | undefined
  look(replica: Config): Promise<Sight>
  positionOfPrimary(config: Config): Promise<bigint>
  isPrimaryAway(config: Config): boolean
  onUnfit(replica: Config, error: unknown): void
}

const primary: Place = { from: 'primary', mayBeBehind: false }

/**
 * Sends reads to a standby in this process's region: one that answers, follows, and shows the reader's own last write. When
 * there is none the primary answers, unless it is known to be away and the data source allows an answer that may be behind.
 */
export class ReadPlacement {
  readonly #needs: PlacementNeeds
  #turn = 0

  constructor(needs: PlacementNeeds) {
    this.#needs = needs
  }

  async place(config: Config, after: WriteMark | undefined): Promise<Place> {
    const { region, isPrimaryAway } = this.#needs
    const near = config.replicas.filter((replica) => replica.region === region)
    const position = positionIn(config.server, after)
    for (const replica of this.#inTurn(near)) {
      this.#expectOf(config, replica)
      const { setbacks } = replica
      if (!(await this.#isFit(replica))) continue
      if (position !== undefined && !(await this.#hasReached(replica, position))) continue
      return { from: 'replica', mayBeBehind: false, replica, setbacks }
    }
    if (!config.record.readOnlyFallback || !isPrimaryAway(config)) return primary
    for (const replica of [...near, ...config.replicas]) {
      if (await this.#answers(replica)) return { from: 'replica', mayBeBehind: true, replica }
    }
    return primary
  }

  /** Another one goes first each time. */
  #inTurn(replicas: Replica[]): Replica[] {
    if (replicas.length < 2) return replicas
    const first = this.#turn++ % replicas.length
    return [...replicas.slice(first), ...replicas.slice(0, first)]
  }

  #isFit(replica: Replica): Promise<boolean> {
    return replica.isFit(
      () => this.#needs.look(replica.config),
      (error) => this.#needs.onUnfit(replica.config, error),
    )
  }

  #hasReached(replica: Replica, position: bigint): Promise<boolean> {
    return replica.hasReached(
      position,
      () => this.#needs.look(replica.config),
      (error) => this.#needs.onUnfit(replica.config, error),
    )
  }

  /** However far it is: one that lags is better than none. */
  async #answers(replica: Replica): Promise<boolean> {
    try {
      return (await this.#needs.look(replica.config)).isStandby
    } catch {
      return false
    }
  }

  /** Learnt beside the read, which does not wait for it. */
  #expectOf(config: Config, replica: Replica): void {
    if (!replica.isDueForExpectation) return
    replica.expectSoon()
    this.#needs.positionOfPrimary(config).then(
      (position) => replica.expect(position),
      () => undefined,
    )
  }
}
