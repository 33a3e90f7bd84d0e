import { executorOver, type Executor } from './executor.ts'
import type { Link } from './link.ts'
import { DeadlinePassed, Refused } from './link-failures.ts'
import { LinkPool } from './link-pool.ts'
import { performOneStatement } from './one-statement.ts'
import type { Send } from './plan.ts'
import type { Pool } from './pool.ts'
import { defaultTimeoutMs, Transaction, type Guard, type TransactionOptions } from './transaction.ts'

export type { Executor } from './executor.ts'
export type { LeasedDrizzle } from './leased-drizzle.ts'
export type { Guard, TransactionOptions } from './transaction.ts'

export interface Database {
  /**
   * Statements outside a transaction: each atomic, on any connection, and refused by the server when it writes. Repeated
   * once when the connection proved dead before an answer.
   */
  readonly reader: Executor
  /**
   * One transaction on one connection. BEGIN travels with the first statement; the executor is dead when the callback
   * ends (HANDLE_CLOSED). Throws TRANSACTION_ROLLED_BACK when the server did not commit, COMMIT_UNKNOWN when the
   * connection was lost while committing.
   */
  transaction<T>(work: (tx: Executor) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * A transaction whose callback sends one statement and no more, in one round trip. The statement is committed when its
   * promise resolves, whatever the callback does then. Throws like `transaction`, and HANDLE_CLOSED for a second statement.
   */
  oneStatement<T>(work: (tx: Executor) => Promise<T>, options?: { guard?: Guard }): Promise<T>
}

export function openDatabase(pool: Pool): Database {
  if (!(pool instanceof LinkPool)) throw new TypeError('a database is opened over a pool made by openPool')
  return {
    reader: executorOver(readThrough(pool)),
    transaction: (work, options = {}) => withLink(pool, (link) => new Transaction(link, options).perform(work)),
    oneStatement: (work, { guard } = {}) =>
      withLink(pool, (link) => performOneStatement(link, work, { timeoutMs: defaultTimeoutMs, guard })),
  }
}

async function withLink<T>(pool: LinkPool, work: (link: Link) => Promise<T>): Promise<T> {
  const link = await pool.acquire()
  try {
    return await work(link)
  } finally {
    pool.release(link)
  }
}

function readThrough(pool: LinkPool): Send {
  return async (text, parameters, form) => {
    for (let attempt = 1; ; attempt++) {
      const link = await pool.acquire()
      try {
        return await link.run(text, parameters, form)
      } catch (error) {
        if (attempt === 2 || !diedUnnoticed(link)) throw error
      } finally {
        pool.release(link)
      }
    }
  }
}

/** A server that is slow or says too much would only do so twice. */
function diedUnnoticed({ dead }: Link): boolean {
  return dead !== undefined && !(dead instanceof DeadlinePassed) && !(dead instanceof Refused)
}
