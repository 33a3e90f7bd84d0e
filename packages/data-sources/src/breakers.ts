import type { DataSourceView } from '@tenantry/contracts/data-source'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen, type CircuitBreakerPolicy } from 'cockatiel'
import { LRUCache } from 'lru-cache'
import { isOutage } from './translate-failure.ts'

export type Operation = 'read' | 'write'

/** A circuit breaker per tenant and operation: five outages in a row, then one try every five seconds. */
export class Breakers {
  readonly #policies = new LRUCache<string, CircuitBreakerPolicy>({ max: 20_000 })
  readonly #halfOpenAfterMs: number

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

  delete(tenantId: string): void {
    for (const operation of ['read', 'write']) this.#policies.delete(`${operation} ${tenantId}`)
  }

  clear(): void {
    this.#policies.clear()
  }

  #state(tenantId: string, operation: Operation): DataSourceView['breaker'][Operation] {
    switch (this.#policies.peek(`${operation} ${tenantId}`)?.state) {
      case CircuitState.Open:
      case CircuitState.Isolated:
        return 'open'
      case CircuitState.HalfOpen:
        return 'half-open'
      default:
        return 'closed'
    }
  }

  #make(): CircuitBreakerPolicy {
    const options = { halfOpenAfter: this.#halfOpenAfterMs, breaker: new ConsecutiveBreaker(5) }
    return circuitBreaker(handleWhen(isOutage), options)
  }
}
