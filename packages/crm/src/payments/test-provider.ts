import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Charge, GivingBack, Outcome, PaymentProvider } from './provider.ts'

/**
 * Moves no money. What becomes of a charge is said by its source: `test_declined` fails, `test_slow` is pending until it is
 * asked for again, `test_down` does not answer and takes nothing, `test_lost` takes it and does not answer, and everything
 * else succeeds. A refund becomes what its charge's source says; what `test_kept` has taken is not given back. In a folder, all processes with that folder are one provider;
 * without one, each is another.
 */
export class TestPaymentProvider implements PaymentProvider {
  readonly name = 'test'
  readonly #sources: Sources

  constructor({ folder }: { folder?: string | undefined } = {}) {
    this.#sources = folder === undefined ? new Map() : new SourcesInFolder(folder)
  }

  charge({ key, source }: Charge): Promise<Outcome> {
    return this.#carryOut(key, source)
  }

  refund({ key, chargeKey }: GivingBack): Promise<Outcome> {
    const source = this.#sources.get(chargeKey) ?? 'test_card'
    return this.#carryOut(key, source === 'test_kept' ? 'test_declined' : source)
  }

  find(key: string): Promise<Outcome | undefined> {
    const source = this.#sources.get(key)
    return Promise.resolve(source === undefined ? undefined : outcomeOf(key, source, { isAskedAgain: true }))
  }

  #carryOut(key: string, source: string): Promise<Outcome> {
    const isAskedAgain = this.#sources.has(key)
    if (source !== 'test_down' && !isAskedAgain) this.#sources.set(key, source)
    const isSilent = source === 'test_down' || (source === 'test_lost' && !isAskedAgain)
    if (isSilent) return Promise.reject(new Error('the provider did not answer'))
    return Promise.resolve(outcomeOf(key, this.#sources.get(key) ?? source, { isAskedAgain }))
  }
}

/** By which source each key was charged. */
interface Sources {
  has(key: string): boolean
  get(key: string): string | undefined
  set(key: string, source: string): unknown
}

/** A file for each key. Keys are ids of payments. */
class SourcesInFolder implements Sources {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  has(key: string): boolean {
    return existsSync(this.#pathOf(key))
  }

  get(key: string): string | undefined {
    return this.has(key) ? readFileSync(this.#pathOf(key), 'utf8') : undefined
  }

  set(key: string, source: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    writeFileSync(this.#pathOf(key), source, { mode: 0o600 })
  }

  #pathOf(key: string): string {
    return join(this.#folder, encodeURIComponent(key))
  }
}

function outcomeOf(key: string, source: string, { isAskedAgain }: { isAskedAgain: boolean }): Outcome {
  return { status: statusOf(source, isAskedAgain), reference: `test-${key}` }
}

function statusOf(source: string, isAskedAgain: boolean): Outcome['status'] {
  if (source === 'test_declined') return 'failed'
  return source === 'test_slow' && !isAskedAgain ? 'pending' : 'succeeded'
}
