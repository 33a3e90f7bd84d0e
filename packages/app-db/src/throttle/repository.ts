import type { Executor } from '@tenantry/connections/database'
import { TenantryError } from '@tenantry/errors'
import { eq, inArray, lt, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { signInThrottle } from './table.ts'

export interface ThrottleCount {
  key: string
  failures: number
  secondsLeft: number
}

export class SignInThrottleRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /**
   * Counts an attempt under each key before the password is looked at, in one atomic upsert: parallel guesses cannot
   * slip past. A window that is over starts again.
   */
  take(keys: readonly string[], windowSeconds: number): Promise<ThrottleCount[]> {
    return this.#access.write(async (tx) => {
      await forgetPast(tx)
      return (
        tx.db
          .insert(signInThrottle)
          // Sorted, so that two sign-ins take their row locks in the same order.
          .values(
            [...new Set(keys)]
              .toSorted()
              .map((key) => ({ key, failures: 1, windowEndsAt: sql`now() + make_interval(secs => ${windowSeconds})` })),
          )
          .onConflictDoUpdate({
            target: signInThrottle.key,
            set: {
              failures: sql`case when ${signInThrottle.windowEndsAt} <= now() then 1 else ${signInThrottle.failures} + 1 end`,
              windowEndsAt: sql`case when ${signInThrottle.windowEndsAt} <= now() then excluded.window_ends_at else ${signInThrottle.windowEndsAt} end`,
            },
          })
          .returning({
            key: signInThrottle.key,
            failures: signInThrottle.failures,
            secondsLeft: sql<number>`ceil(extract(epoch from ${signInThrottle.windowEndsAt} - now()))::int`.mapWith(
              Number,
            ),
          })
      )
    })
  }

  /**
   * Counts one call of something that may be asked for `most` times in a window. The count is shared by all processes and
   * outlives a restart. Throws TOO_MANY_REQUESTS with `retryAfterSeconds`.
   */
  async admit(key: string, { most, windowSeconds }: { most: number; windowSeconds: number }): Promise<void> {
    const [count] = await this.take([key], windowSeconds)
    if (count === undefined || count.failures <= most) return
    throw new TenantryError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.max(1, count.secondsLeft) })
  }

  /** After a sign-in that succeeded: forgives the account, and takes the attempt back from the address. */
  forgive(accountKey: string, addressKey: string): Promise<void> {
    return this.#access.write(async (tx) => {
      await tx.db.delete(signInThrottle).where(inArray(signInThrottle.key, [accountKey]))
      await tx.db
        .update(signInThrottle)
        .set({ failures: sql`greatest(${signInThrottle.failures} - 1, 0)` })
        .where(eq(signInThrottle.key, addressKey))
    })
  }
}

/** Guesses at addresses that nobody has leave rows behind; each new attempt clears a few of those that are over. */
async function forgetPast(tx: Executor): Promise<void> {
  const past = tx.db
    .select({ key: signInThrottle.key })
    .from(signInThrottle)
    .where(lt(signInThrottle.windowEndsAt, sql`now() - interval '1 hour'`))
    .limit(50)
    // Rows of a sign-in under way are left alone: waiting for them could be waiting for each other.
    .for('update', { skipLocked: true })
  await tx.db.delete(signInThrottle).where(inArray(signInThrottle.key, past))
}
