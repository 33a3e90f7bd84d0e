import type { AdminRun } from '@tenantry/connections/admin'
import { TenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Schema } from './ledger.ts'

const pollMs = 100

/**
 * Holds the database's migration lock while `work` runs; it ends with the connection, also when the process is killed.
 * Polls instead of waiting inside Postgres: a waiting session holds a snapshot, and CREATE INDEX CONCURRENTLY of the
 * session that has the lock would wait for it in turn. Throws MIGRATION_LOCKED after `waitMs`.
 */
export async function withMigrationLock<T>(
  run: AdminRun,
  { schema, waitMs }: { schema: Schema; waitMs: number },
  work: () => Promise<T>,
): Promise<T> {
  const key = `tenantry migrate ${schema}`
  const deadline = performance.now() + waitMs
  while (!(await tryLock(run, key))) {
    if (performance.now() > deadline) throw new TenantryError('MIGRATION_LOCKED')
    await sleep(pollMs)
  }
  try {
    return await work()
  } finally {
    // A connection that was lost has given the lock back already.
    await run('select pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch(() => undefined)
  }
}

async function tryLock(run: AdminRun, key: string): Promise<boolean> {
  const [answer] = await run<{ locked: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as locked', [
    key,
  ])
  return answer?.locked === true
}
