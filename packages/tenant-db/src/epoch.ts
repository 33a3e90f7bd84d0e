import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Guard } from '@tenantry/connections/database'
import type { Target } from '@tenantry/connections/target'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import { readIdentity } from './provision.ts'

/**
 * What a transaction that writes begins with: it fails when the tenant has moved since `identity` was true, and until it
 * ends the tenant cannot move. `isRefusedEpoch` knows the failure.
 */
export function epochGuard(identity: string): Guard {
  return { text: 'select crm.hold_epoch($1::bigint)', parameters: [identity.slice(identity.lastIndexOf('/') + 1)] }
}

/** Nothing was saved: the database has been left by its tenant. */
export function isRefusedEpoch(error: unknown): boolean {
  return isTenantryError(error) && error.detail?.['sqlstate'] === '55E01'
}

/**
 * Ends all writing under the tenant's present epoch: waits for the transactions that write, and from then on none that was
 * told of that epoch can commit. `service` is the tenant's service role acting as the owner, `app` the one that serves
 * requests; gives the identity under which the database may be written from now on. Throws DATABASE_BUSY when
 * transactions last longer than `patienceMs` (default 30,000); they went on undisturbed.
 */
export async function raiseEpoch(
  { service, app }: { service: Target; app: Target },
  { patienceMs = 30_000 }: { patienceMs?: number } = {},
): Promise<string> {
  await withAdminConnection(service, (run) => raiseEpochOn(run, patienceMs))
  const { identity } = await readIdentity(app)
  return identity
}

/** The same on a connection that is the tenant's service role acting as the owner. */
export async function raiseEpochOn(run: AdminRun, patienceMs?: number): Promise<void> {
  await raisePatiently(run, patienceMs, () => run('select crm.raise_epoch()'))
}

async function raisePatiently(run: AdminRun, patienceMs = 30_000, raise: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + patienceMs
  // Whoever wants to write queues behind a lock that is waited for; so it is waited for briefly, and again.
  await run(`set lock_timeout = ${lockMs}`)
  for (;;) {
    try {
      await raise()
      await run('reset lock_timeout')
      return
    } catch (error) {
      if (!isLockTimeout(error)) throw error
      if (performance.now() > deadline) throw new TenantryError('DATABASE_BUSY', { cause: error })
      await sleep(pauseMs)
    }
  }
}

/** The same as an administrator of the database, for a tenant whose logins are kept out. */
export async function raiseEpochOf(run: AdminRun, tenantIdInDataSource: string, patienceMs?: number): Promise<void> {
  await raisePatiently(run, patienceMs, async () => {
    await run('begin')
    try {
      await run('select pg_advisory_xact_lock(crm.epoch_lock($1::uuid))', [tenantIdInDataSource])
      await run('update crm.identity set epoch = epoch + 1 where tenant_id = $1', [tenantIdInDataSource])
      await run('commit')
    } catch (error) {
      await run('rollback').catch(() => undefined)
      throw error
    }
  })
}

const lockMs = 500
const pauseMs = 100

function isLockTimeout(error: unknown): boolean {
  return isTenantryError(error) && error.detail?.['sqlstate'] === '55P03'
}
