import { TenantryError } from '@tenantry/errors'
import type { Config } from './config.ts'
import { positionOf } from '@tenantry/contracts/write-mark'

/** What a look at a standby finds. */
export interface Sight {
  isStandby: boolean
  /** How far it shows the log. */
  lsn: string
}

/** A standby is looked at again after this, so that one that went away or stands still is not asked for work. */
const freshMs = 1_000
/** One that was of no use is left alone for this long. */
const restMs = 5_000

/**
 * A standby of one tenant's database, as this process knows it.
 *
 * States: unseen → fit, for a second after each look → unfit, for five seconds after a look that failed. One that has not
 * got, within five seconds, to where the primary was, stands still and is unfit as well.
 */
export class Replica {
  readonly config: Config
  readonly region: string
  #position = 0n
  #setbacks = 0
  #seenAt = -Infinity
  #unfitUntil = -Infinity
  #looking: Promise<boolean> | undefined
  #expectedAt = -Infinity
  #expected: { position: bigint; since: number } | undefined

  constructor(config: Config, region: string) {
    this.config = config
    this.region = region
  }

  /** Whether it may answer now; `look` asks it, and is not called more than once at a time. */
  async isFit(look: () => Promise<Sight>, onUnfit: (error: unknown) => void): Promise<boolean> {
    const now = performance.now()
    if (now < this.#unfitUntil) return false
    if (now - this.#seenAt < freshMs) return true
    return await (this.#looking ??= this.#look(look, onUnfit).finally(() => (this.#looking = undefined)))
  }

  /** Whether it shows everything up to `position`; asks it when that is not known yet. */
  async hasReached(position: bigint, look: () => Promise<Sight>, onUnfit: (error: unknown) => void): Promise<boolean> {
    if (this.#position >= position) return true
    return (await this.#look(look, onUnfit)) && this.#position >= position
  }

  /** Where the primary is now; the standby must have got there in a while. */
  expect(position: bigint): void {
    this.#expected ??= { position, since: performance.now() }
  }

  /** Somebody is about to ask where the primary is. */
  expectSoon(): void {
    this.#expectedAt = performance.now()
  }

  get isDueForExpectation(): boolean {
    return performance.now() - this.#expectedAt > restMs
  }

  /** What a new connection found. A standby that was restarted may show less than it had shown before. */
  connected(lsn: string): void {
    const position = positionOf(lsn)
    if (position < this.#position) this.#setbacks++
    this.#position = position
  }

  /** How often it was found to show less than before: what was asked of it in between may have been answered so. */
  get setbacks(): number {
    return this.#setbacks
  }

  /** Work on it failed as if it were away. */
  failed(): void {
    this.#unfitUntil = performance.now() + restMs
  }

  async #look(look: () => Promise<Sight>, onUnfit: (error: unknown) => void): Promise<boolean> {
    try {
      const { isStandby, lsn } = await look()
      if (!isStandby) throw mismatch('it is a replica that follows nobody any more')
      this.#position = positionOf(lsn)
      if (this.#standsStill()) throw new TenantryError('TENANT_DATABASE_TIMEOUT', { detail: { reason: 'it lags' } })
      this.#seenAt = performance.now()
      return true
    } catch (error) {
      this.failed()
      onUnfit(error)
      return false
    }
  }

  #standsStill(): boolean {
    if (this.#expected === undefined) return false
    if (this.#position >= this.#expected.position) this.#expected = undefined
    return this.#expected !== undefined && performance.now() - this.#expected.since > restMs
  }
}

function mismatch(reason: string): TenantryError {
  return new TenantryError('TENANT_DATABASE_MISMATCH', { detail: { reason } })
}
