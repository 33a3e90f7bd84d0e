import { openCopyLink, type CopyLink } from '@tenantry/connections/copy'
import type { Target } from '@tenantry/connections/target'
import type { TransferState } from '@tenantry/app-db/types'
import { legacyTableNames } from './legacy/columns.ts'
import { inTransaction, lockTransfer, longestMs } from './sides.ts'
import { dropStream } from './sync/stream.ts'

export interface EndedTransfer {
  /** As it was; null for a tenant that never moved in, or whose transfer had been ended before. */
  state: TransferState | null
  /** Of the old tables. */
  removedRows: number
}

/**
 * Of a tenant that is being deleted: the slot and the publication go, with what they keep of the log, and so does the transfer
 * itself. Of a company that has moved the old rows go with it in one transaction, so that nobody ever sees them again; one
 * that has not still works in the old system, whose rows are its own. Runs twice without harm. Throws TRANSFER_RUNNING.
 */
export async function endTransfer({
  source,
  tenantId,
}: {
  /** The application database, as its superuser. */
  source: Target
  tenantId: string
}): Promise<EndedTransfer> {
  await using control = await openCopyLink(
    { ...source, applicationName: 'tenantry transfer' },
    { statementMs: longestMs },
  )
  const [transfer] = await control.run<{ legacyTenantId: string }>(
    `select legacy_tenant_id::text as "legacyTenantId" from app.transfers where tenant_id = $1`,
    [tenantId],
  )
  if (transfer === undefined) return { state: null, removedRows: 0 }
  const { legacyTenantId } = transfer
  const side = { control, database: source.database, company: { legacyTenantId } }
  await lockTransfer(side)
  await dropStream(side)
  return await inTransaction(control, async () => {
    // Against whoever writes rows of the company at this moment; afterwards it is a company nobody has heard of.
    await control.run('select app.lock_moving_company($1::uuid)', [legacyTenantId])
    const [ended] = await control.run<{ state: TransferState }>(
      'delete from app.transfers where tenant_id = $1 returning state',
      [tenantId],
    )
    if (ended?.state !== 'moved') return { state: ended?.state ?? null, removedRows: 0 }
    return { state: 'moved', removedRows: await removeOldRows(control, legacyTenantId) }
  })
}

/** What points at others goes before them. Tables that are gone already hold nothing. */
async function removeOldRows(control: CopyLink, legacyTenantId: string): Promise<number> {
  const present = await control.run<{ name: string }>(
    `select name from unnest($1::text[]) name where to_regclass('public.' || name) is not null`,
    [legacyTableNames],
  )
  const names = new Set(present.map(({ name }) => name))
  let removed = 0
  for (const table of legacyTableNames.toReversed()) {
    if (!names.has(table)) continue
    const [gone] = await control.run<{ rows: string }>(
      `with gone as (delete from public.${table} where tenant_id = $1 returning 1) select count(*)::text as rows from gone`,
      [legacyTenantId],
    )
    removed += Number(gone?.rows ?? 0)
  }
  return removed
}
