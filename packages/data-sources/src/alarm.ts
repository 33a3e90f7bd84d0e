import { isTenantryError } from '@tenantry/errors'
import type { Logger } from '@tenantry/telemetry/logger'
import { LRUCache } from 'lru-cache'
import type { GrantDesk } from './grant-desk.ts'
import { isConfusion } from './translate-failure.ts'

/** Of one kind and tenant: a confused data source refuses every request, and the audit log is kept for ever. */
const silenceMs = 60_000

/** Tells the audit log and the operators that a tenant met a database or credential that is not its own. */
export class Alarm<Grant extends object> {
  readonly #desk: GrantDesk<Grant>
  readonly #logger: Logger
  /** Work may go through several tenants; a refusal is the innermost one's. */
  readonly #told = new WeakSet<Error>()
  readonly #raised = new LRUCache<string, true>({ max: 10_000, ttl: silenceMs })

  constructor(desk: GrantDesk<Grant>, logger: Logger) {
    this.#desk = desk
    this.#logger = logger
  }

  /** At most one entry a minute for each tenant and code. Does not throw: the refusal reaches the caller in any case. */
  async raise(grant: Grant, tenantId: string, error: unknown): Promise<void> {
    if (!isTenantryError(error) || !isConfusion(error.code) || this.#told.has(error)) return
    this.#told.add(error)
    const { code } = error
    const key = `${code} ${tenantId}`
    if (this.#raised.has(key)) return
    this.#raised.set(key, true)
    this.#logger.error({ alarm: code, tenantId, err: error }, 'A tenant was refused its database or credential')
    try {
      await this.#desk.reportRefusal(grant, { code, reason: reasonOf(error) })
    } catch (err) {
      this.#raised.delete(key)
      this.#logger.error({ tenantId, err }, 'The refusal could not be written to the audit log')
    }
  }

  clear(): void {
    this.#raised.clear()
  }

  /** The next refusal of this tenant is told again. */
  forget(tenantId: string): void {
    for (const key of this.#raised.keys()) if (key.endsWith(` ${tenantId}`)) this.#raised.delete(key)
  }
}

/** In whose words the first cause put it. */
function reasonOf(error: Error): string | undefined {
  const detail = isTenantryError(error) ? error.detail?.['reason'] : undefined
  if (typeof detail === 'string') return detail
  return error.cause instanceof Error ? reasonOf(error.cause) : undefined
}
