import { grantTtlMs } from '@tenantry/app-db/grants'
import type { AppDb, DataSourceSettings } from '@tenantry/app-db/types'
import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { raiseEpoch, raiseEpochOf } from '@tenantry/tenant-db/epoch'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Relocation {
  appDb: AppDb
  /** Who the audit log will name. */
  operatorName: string
  slug: string
  /**
   * The database the tenant leaves: its service role acting as the owner, and the role that serves requests; or its
   * administrator, for a tenant whose logins are kept out. `gone` when it cannot be reached any more and never will be.
   */
  from: { service: Target; app: Target } | { admin: Target; tenantIdInDataSource: string } | 'gone'
  to: DataSourceSettings
  /** How long transactions that write may take to end. Default 30,000. */
  patienceMs?: number
  /** How long is waited for what cannot be asked of a database that is gone. Default: as long as a grant and a transaction live. */
  goneMs?: number
}

/**
 * Makes another database the tenant's. When this resolves, no write can land in the old one any more, in no process,
 * whatever that process knows: the old database itself refuses, since its epoch was raised. Writes of the moment between
 * are answered TENANT_DATABASE_MOVED and saved nowhere. Throws DATABASE_BUSY when transactions do not end; nothing has
 * changed then. Interrupted in the middle, it can be run again.
 *
 * From a database that is `gone` nothing can be asked, so this waits until every grant from before the change has expired
 * and every transaction begun with one has met its deadline.
 */
export async function relocateDataSource(relocation: Relocation): Promise<void> {
  const { appDb, operatorName, slug, from, to, patienceMs, goneMs = grantTtlMs + longestTransactionMs } = relocation
  if (from !== 'gone') await endWriting(from, patienceMs)
  await appDb.tenants.setDataSource(operatorName, slug, to)
  if (from === 'gone') await sleep(goneMs)
}

async function endWriting(from: Exclude<Relocation['from'], 'gone'>, patienceMs: number | undefined): Promise<void> {
  if ('admin' in from) {
    await withAdminConnection(from.admin, (run) => raiseEpochOf(run, from.tenantIdInDataSource, patienceMs))
    return
  }
  await raiseEpoch(from, patienceMs === undefined ? {} : { patienceMs })
}

/** From BEGIN to the end of its work, as data sources allow it. */
const longestTransactionMs = 15_000
