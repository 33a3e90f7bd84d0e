import { executorOver, type Executor } from './executor.ts'
import { forgiving } from './forgiving.ts'
import type { Link } from './link.ts'
import { CallbackTooLong, LinkLost } from './link-failures.ts'
import type { Send } from './plan.ts'
import { handleClosed, rolledBack, unknownOutcome } from './transaction-failures.ts'
import { translateFailure } from './translate.ts'

export interface TransactionOptions {
  readOnly?: boolean
  isolation?: 'repeatable read' | 'serializable'
  /** From BEGIN to the end of the callback. Default 15,000. */
  timeoutMs?: number
  guard?: Guard
}

/** A statement right behind BEGIN, in the same round trip: when it fails, nothing behind it can commit. */
export interface Guard {
  text: string
  parameters: readonly unknown[]
}

/** Longest time from BEGIN to the end of the callback, when nobody says otherwise. */
export const defaultTimeoutMs = 15_000

/**
 * One transaction on one lent link, by plain BEGIN and COMMIT.
 *
 * States: beginning (BEGIN sent, not confirmed; the session is read-only until it is) → working (`#begun`) → over.
 * `#over` is set before COMMIT or ROLLBACK is sent, and from then on no executor of this transaction sends anything.
 */
export class Transaction {
  readonly #link: Link
  readonly #options: TransactionOptions
  #begun = false
  #over = false
  #savepoints = 0

  constructor(link: Link, options: TransactionOptions) {
    this.#link = link
    this.#options = options
  }

  async perform<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
    const link = this.#link
    const timer = setTimeout(
      () => link.kill(new CallbackTooLong('the transaction took too long')),
      this.#options.timeoutMs ?? defaultTimeoutMs,
    )
    try {
      const result = await this.#work(work)
      await this.#commit()
      return result
    } catch (error) {
      await this.#rollBack()
      throw error instanceof LinkLost ? translateFailure(error) : error
    } finally {
      this.#over = true
      clearTimeout(timer)
    }
  }

  async #work<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
    const link = this.#link
    // Not awaited yet, so that it shares a round trip with the first statement.
    const begun = this.#begin().then(
      () => {
        this.#begun = !this.#over
      },
      (error: unknown) => {
        throw translateFailure(error)
      },
    )
    let result: T
    try {
      result = await new Promise<T>((resolve, reject) => {
        // When the connection dies while the callback awaits something else, the caller learns it at once.
        link.onDead = reject
        begun.catch(reject)
        this.#scope(work, () => !this.#over).then(resolve, reject)
      })
    } catch (error) {
      // What fails behind BEGIN and its guard fails because of them.
      await begun
      throw error
    }
    this.#over = true
    await begun
    return result
  }

  async #begin(): Promise<void> {
    const { guard } = this.#options
    await Promise.all([
      this.#link.run(beginText(this.#options), [], 'script'),
      guard && this.#link.run(guard.text, guard.parameters, 'objects'),
    ])
  }

  async #commit(): Promise<void> {
    const link = this.#link
    if (link.dead) throw link.dead
    link.committed = false
    try {
      const { command } = await link.run('commit', [], 'script')
      if (command === 'COMMIT') return
      throw rolledBack(command)
    } catch (error) {
      if (link.dead === undefined) throw translateFailure(error)
      if (link.committed) return
      throw this.#options.readOnly ? translateFailure(link.dead) : unknownOutcome(link.dead)
    }
  }

  async #rollBack(): Promise<void> {
    const link = this.#link
    this.#begun = false
    this.#over = true
    if (link.dead || (!link.busy && link.status === 'I')) return
    try {
      await link.run('rollback', [], 'script')
    } catch {
      link.kill(new LinkLost('the transaction could not be rolled back'))
    }
  }

  /** Runs `work` with an executor that is usable while `isAlive` holds and until `work` ends. */
  async #scope<T>(work: (tx: Executor) => Promise<T>, isAlive: () => boolean): Promise<T> {
    let ended = false
    let resting = false
    /** Statements and savepoints whose promises have not settled. */
    let pending = 0
    const alive = () => !ended && isAlive()

    const track = async <R>(job: () => Promise<R>): Promise<R> => {
      if (resting) throw handleClosed('the outer transaction rests while a savepoint is open')
      if (!alive()) throw handleClosed('the transaction is over')
      pending++
      try {
        return await job()
      } finally {
        pending--
      }
    }
    const send: Send = (text, parameters, form) => track(() => this.#send(text, parameters, form))
    const savepoint: Executor['savepoint'] = (inner) =>
      forgiving(
        track(async () => {
          resting = true
          try {
            return await this.#savepoint(inner, alive)
          } finally {
            resting = false
          }
        }),
      )
    try {
      const result = await work(executorOver(send, savepoint))
      if (pending > 0) throw handleClosed(`${pending} statements or savepoints were not awaited`)
      return result
    } finally {
      ended = true
    }
  }

  async #savepoint<T>(work: (tx: Executor) => Promise<T>, isAlive: () => boolean): Promise<T> {
    const name = `s${++this.#savepoints}`
    // When all around it has ended meanwhile, the link may have been lent to somebody else who has an `s1` too.
    const control = async (text: string) => {
      if (!isAlive()) throw handleClosed('the transaction ended before its savepoint')
      try {
        await this.#send(text, [], 'script')
      } catch (error) {
        throw translateFailure(error)
      }
    }
    try {
      await control(`savepoint ${name}`)
      if (!isAlive()) throw handleClosed('the transaction ended before its savepoint')
      const result = await this.#scope(work, isAlive)
      await control(`release savepoint ${name}`)
      return result
    } catch (error) {
      // Fails only when the whole transaction is over or lost, which is reported by itself.
      await control(`rollback to savepoint ${name}`).catch(() => undefined)
      throw error
    }
  }

  async #send(...[text, parameters, form]: Parameters<Send>) {
    try {
      return await this.#link.run(text, parameters, form)
    } finally {
      if (this.#begun && this.#link.status === 'I') {
        this.#link.kill(new LinkLost('the transaction was ended by one of its own statements'))
      }
    }
  }
}

function beginText({ isolation, readOnly }: TransactionOptions): string {
  const level = isolation === undefined ? '' : ` isolation level ${isolation}`
  return `begin${level} ${readOnly === true ? 'read only' : 'read write'}`
}
