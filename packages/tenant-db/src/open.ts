import type { Executor } from '@tenantry/connections/database'
import type { Actor } from './actor.ts'
import { TenantReader } from './reader.ts'
import { TenantDb } from './writer.ts'

/** The reading handle over an executor that the caller lends and takes back, for a member where there is one. */
export function tenantReader(executor: Executor, viewer: string | null = null): TenantReader {
  return new TenantReader(executor, viewer)
}

/** The writing handle over the executor of an open transaction. Everything written is written in the actor's name. */
export function tenantWriter(executor: Executor, actor: Actor): TenantDb {
  return new TenantDb({ executor, actor })
}
