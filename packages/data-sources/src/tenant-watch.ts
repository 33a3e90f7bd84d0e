import { TenantryError } from '@tenantry/errors'
import type { Logger } from '@tenantry/telemetry/logger'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Operation } from './breakers.ts'
import type { GrantFacts } from './grant-desk.ts'

/** A tenant as the application database has it now. */
export interface TenantChange {
  tenantId: string
  /** Counts the changes of data source and status. */
  version: number
  status: 'active' | 'suspended' | 'archived'
}

/** Where changes of tenants are learnt of. */
export interface ChangeSource {
  /** What was committed since `mark`; everything without one. */
  since(mark: string | undefined): Promise<{ mark: string; changes: TenantChange[] }>
  /** Calls `onHint` when it may be worth looking. A hint may be lost, and anybody may give one. */
  listen(onHint: () => void): { close(): Promise<void> }
}

export interface WatchOptions {
  source: ChangeSource
  logger: Logger
  onChange: (change: TenantChange) => void
  /** How long a change stays unnoticed when its notification was lost. Default 500. */
  pollEveryMs?: number
}

/** However many hints somebody gives, the application database is not asked more often. */
const leastGapMs = 20

/**
 * Knows of each tenant whose data source or status has changed, so that what this process remembers of it ends. Looks as
 * soon as it is told to, and from time to time in case nobody tells.
 *
 * States: idle (asks nothing) → watching, with the first work → closed.
 */
export class TenantWatch {
  readonly #options: WatchOptions
  readonly #known = new Map<string, TenantChange>()
  #mark: string | undefined
  #beginning: Promise<void> | undefined
  #watching: Promise<void> = Promise.resolve()
  #listener: { close(): Promise<void> } | undefined
  #waking = new AbortController()
  /** The last look that was asked for from outside, and the one behind it. */
  #latest: Promise<void> = Promise.resolve()
  #next: Promise<void> | undefined
  #closed = false

  constructor(options: WatchOptions) {
    this.#options = options
  }

  get isWatching(): boolean {
    return this.#listener !== undefined
  }

  /** The first look; what is remembered from here on is told when it changes. Rejects when it was not possible. */
  begin(): Promise<void> {
    return (this.#beginning ??= this.#begin().finally(() => (this.#beginning = undefined)))
  }

  /** Why a grant from before the tenant's last change is not served; undefined when it is, as one from after it. */
  refusal({ tenantId, dataSourceVersion }: GrantFacts, operation: Operation): TenantryError | undefined {
    const known = this.#known.get(tenantId)
    if (known === undefined || known.version <= dataSourceVersion) return undefined
    if (known.status === 'archived') return new TenantryError('TENANT_ARCHIVED')
    return known.status === 'suspended' && operation === 'write' ? new TenantryError('TENANT_SUSPENDED') : undefined
  }

  /**
   * Looks at once: something happened that a change would explain. Callers share a look that has not begun yet; one that
   * has may have been too early. Never rejects.
   */
  lookNow(): Promise<void> {
    return (this.#next ??= this.#latest.then(() => {
      this.#next = undefined
      this.#latest = this.#look().catch(ignore)
      return this.#latest
    }))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#beginning?.catch(ignore)
    await this.#next
    this.#waking.abort()
    await this.#watching
    await this.#listener?.close()
  }

  async #begin(): Promise<void> {
    await this.#look()
    if (this.#closed || this.#listener !== undefined) return
    this.#listener = this.#options.source.listen(() => this.#waking.abort())
    this.#watching = this.#watch()
  }

  async #watch(): Promise<void> {
    const { pollEveryMs = 500, logger } = this.#options
    let isBlind = false
    while (!this.#closed) {
      await pause(pollEveryMs, this.#waking.signal)
      if (this.#closed) return
      await pause(leastGapMs)
      // A hint from here on may be about what this look no longer sees.
      this.#waking = new AbortController()
      try {
        await this.#look()
        isBlind = false
      } catch (err) {
        if (!isBlind) logger.warn({ err }, 'Changes of tenants cannot be looked up')
        isBlind = true
      }
    }
  }

  async #look(): Promise<void> {
    const { mark, changes } = await this.#options.source.since(this.#mark)
    this.#mark = mark
    for (const change of changes) {
      const known = this.#known.get(change.tenantId)
      if (known !== undefined && known.version >= change.version) continue
      this.#known.set(change.tenantId, change)
      this.#options.onChange(change)
    }
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { ref: false, ...(signal && { signal }) }).catch(ignore)
}

function ignore(): void {
  // Whoever waits for it learns of the failure.
}
