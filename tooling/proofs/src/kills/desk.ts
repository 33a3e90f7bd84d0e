import { openDatabase, type Database } from '@tenantry/connections/database'
import { openPool, type Pool, type PoolOptions } from '@tenantry/connections/pool'
import type { Target } from '@tenantry/connections/target'
import type { TestTenant } from '@tenantry/testing/tenant-database'
import { setTimeout as sleep } from 'node:timers/promises'
import { Ledger } from './ledger.ts'

/** One tenant at work: its pool, and what its workers were told. */
export interface Desk {
  tenant: string
  pool: Pool
  database: Database
  ledger: Ledger
}

export const workersPerDesk = 12
const connectionsPerDesk = 4
const recoveryMs = 30_000

/** `target` is another way to the same database, through something that fails. */
export function openDesk(tenant: TestTenant, target: Target = tenant.app, options: PoolOptions = {}): Desk {
  const pool = openPool(target, { max: connectionsPerDesk, statementMs: 5000, ...options })
  return {
    tenant: tenant.tenantIdInDataSource,
    pool,
    database: openDatabase(pool),
    ledger: new Ledger(tenant.tenantIdInDataSource),
  }
}

/** Until the workers of these desks have saved so many more. False when they do not find their way back in time. */
export async function waitForWrites(desks: readonly Desk[], more: number): Promise<boolean> {
  const saved = () => desks.reduce((total, { ledger }) => total + ledger.count('saved'), 0)
  const enough = saved() + more
  const end = performance.now() + recoveryMs
  while (saved() < enough) {
    if (performance.now() > end) return false
    await sleep(5)
  }
  return true
}
