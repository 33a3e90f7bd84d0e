import type { Charge, Outcome, PaymentProvider } from './provider.ts'

/**
 * Moves no money. What becomes of a charge is said by its source: `test_declined` fails, `test_slow` is pending until it is
 * asked for again, `test_down` does not answer, and everything else succeeds.
 */
export class TestPaymentProvider implements PaymentProvider {
  readonly name = 'test'
  readonly #charges = new Map<string, Charge>()

  /** What was charged, by key. */
  get charges(): ReadonlyMap<string, Charge> {
    return this.#charges
  }

  charge(request: Charge): Promise<Outcome> {
    const isAskedAgain = this.#charges.has(request.key)
    if (request.source === 'test_down') return Promise.reject(new Error('the provider did not answer'))
    this.#charges.set(request.key, request)
    return Promise.resolve({ status: statusOf(request.source, isAskedAgain), reference: `test-${request.key}` })
  }
}

function statusOf(source: string, isAskedAgain: boolean): Outcome['status'] {
  if (source === 'test_declined') return 'failed'
  return source === 'test_slow' && !isAskedAgain ? 'pending' : 'succeeded'
}
