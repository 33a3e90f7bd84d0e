import type { Executor } from '@tenantry/connections/database'
import type { Actor } from './actor.ts'
import { TenantReader } from './reader.ts'
import { LimitedExecutor } from './row-access/limited-executor.ts'
import type { RowLimits } from './row-access/limits.ts'
import { TenantDb } from './writer.ts'

/**
 * The reading handle over an executor that the caller lends and takes back, for a member where there is one. `limits` are
 * those that its transaction begins with already; known here, few rows among very many are found by whose they are.
 */
export function tenantReader(
  executor: Executor,
  viewer: string | null = null,
  limits: RowLimits | null = null,
): TenantReader {
  return new TenantReader(limits === null ? executor : new LimitedExecutor(executor, limits), viewer)
}

/** The writing handle over the executor of an open transaction. Everything written is written in the actor's name. */
export function tenantWriter(executor: Executor, actor: Actor): TenantDb {
  return new TenantDb({ executor, actor })
}
