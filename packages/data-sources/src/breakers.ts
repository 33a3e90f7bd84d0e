import type { DataSourceView } from '@tenantry/contracts/data-source'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen, type CircuitBreakerPolicy } from 'cockatiel'
import { LRUCache } from 'lru-cache'
import type { BreakerState } from './statistics.ts'
import { isOutage } from './translate-failure.ts'

export type Operation = 'read' | 'write'

/** A circuit breaker per tenant and operation: five outages in a row, then one try every five seconds. */
export class Breakers {
  readonly #policies = new LRUCache<string, CircuitBreakerPolicy>({ max: 20_000 })
  readonly #halfOpenAfterMs: number
  readonly #transitions: Record<BreakerState, number> = { open: 0, 'half-open': 0, closed: 0 }

  constructor(halfOpenAfterMs: number) {
    this.#halfOpenAfterMs = halfOpenAfterMs
  }

  of(tenantId: string, operation: Operation): CircuitBreakerPolicy {
    const key = `${operation} ${tenantId}`
    const policy = this.#policies.get(key) ?? this.#make()
    this.#policies.set(key, policy)
    return policy
  }

  states(tenantId: string): DataSourceView['breaker'] {
    return { read: this.#state(tenantId, 'read'), write: this.#state(tenantId, 'write') }
  }

  stats(): { open: number; halfOpen: number; transitions: Record<BreakerState, number> } {
    let open = 0
    let halfOpen = 0
    for (const { state } of this.#policies.values()) {
      const named = nameOf(state)
      if (named === 'open') open++
      if (named === 'half-open') halfOpen++
    }
    return { open, halfOpen, transitions: { ...this.#transitions } }
  }

  delete(tenantId: string): void {
    for (const operation of ['read', 'write']) this.#policies.delete(`${operation} ${tenantId}`)
  }

  clear(): void {
    this.#policies.clear()
  }

  #state(tenantId: string, operation: Operation): BreakerState {
    return nameOf(this.#policies.peek(`${operation} ${tenantId}`)?.state)
  }

  #make(): CircuitBreakerPolicy {
    const options = { halfOpenAfter: this.#halfOpenAfterMs, breaker: new ConsecutiveBreaker(5) }
    const policy = circuitBreaker(handleWhen(isOutage), options)
    policy.onStateChange((state) => this.#transitions[nameOf(state)]++)
    return policy
  }
}

/** One that nothing has gone through yet is closed. */
function nameOf(state: CircuitState | undefined): BreakerState {
  switch (state) {
    case CircuitState.Open:
    case CircuitState.Isolated:
      return 'open'
    case CircuitState.HalfOpen:
      return 'half-open'
    default:
      return 'closed'
  }
}
