import type { AdminRun } from '@tenantry/connections/admin'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'
import { snapshotOf } from './snapshot.ts'

/**
 * An import did what its file says, tells of each row, left its lines in the history and no others; and now that it is taken
 * back every table says what it said before, but for what remembers.
 */
export async function auditImports(run: AdminRun, ledger: Ledger, { imported }: Claims): Promise<void> {
  const { id, told, should, exported, before } = imported
  const { created, updated, failed } = should
  const total = created + updated + failed
  ledger.compare('imports', 'what was told', told, { total, ...should, skipped: 0 })
  const [batch] = await run(`select status, total, created, updated, failed, skipped, reverted, kept
    from crm.import_batches where id = '${id}'`)
  const taken = { reverted: created + updated, kept: 0 }
  ledger.compare('imports', 'the import', batch, { status: 'reverted', total, ...should, skipped: 0, ...taken })
  const rows = await run<{ outcome: string | null; count: number }>(
    `select outcome, count(*)::int as count from crm.import_rows where batch_id = '${id}' group by 1 order by 1`,
  )
  const outcomes = Object.fromEntries(rows.map(({ outcome, count }) => [outcome ?? 'none', count]))
  ledger.compare('rows of imports', 'the import', outcomes, {
    ...(failed > 0 && { failed }),
    reverted: created + updated,
  })
  ledger.compare('imports in the export', 'the list of contacts', exported, before.contacts + created)
  await auditLines(run, ledger, imported)
  for (const [table, seen] of Object.entries(await snapshotOf(run)))
    ledger.compare('imports taken back', table, seen, before.tables[table])
}

/** Nobody else did anything meanwhile, so the history is longer by these lines and no others. */
async function auditLines(run: AdminRun, ledger: Ledger, { id, should, before }: Claims['imported']): Promise<void> {
  const lines = await run<{ action: string; name: string; count: number }>(
    `select action, request_id as name, count(*)::int as count from crm.record_changes where id > ${before.lastLine} group by 1, 2 order by 1, 2`,
  )
  const { created, updated } = should
  const expected = { changed: updated, created, deleted: created, undone: updated }
  ledger.compare(
    'history of imports',
    'the import',
    lines.map(({ action, name, count }) => `${count} ${action} by ${name}`),
    Object.entries(expected)
      .filter(([, count]) => count > 0)
      .map(([action, count]) => `${count} ${action} by import-${id}`),
  )
}
