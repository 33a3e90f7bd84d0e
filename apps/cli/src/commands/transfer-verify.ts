import { verifyTransfer, type Verification } from '@tenantry/tenant-transfer/verify'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { conductRun } from '../manners/conduct-run.ts'
import { countRows } from '../manners/count-rows.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'
import { transferOptions, withCompanyOptions, type WhichCompany } from '../transfer-options.ts'

export function transferVerifyCommand(shell: Shell): Command {
  const command = newCommand(
    'verify',
    'compare the contents of both sides and account for every row; exit code 1 for a difference',
    ['tenantry transfer verify acme', 'tenantry transfer verify acme --json | jq .differences'],
  )
  return withCompanyOptions(command).action(async (slug: string, options: OutputOptions & WhichCompany) => {
    const verification = await withAccess(shell, async (access) => {
      const { app, operatorName } = access
      const transfer = transferOptions(shell, access, { slug, ...options })
      const { tenantId } = await app.transfers.tenant(slug)
      const begun = { kind: 'transfer.verify', subject: slug, tenantId, input: {}, startedBy: operatorName }
      // Never taken up again: what was compared an hour ago says nothing about now.
      const run = await app.runs.start(begun)
      return await conductRun({ shell, command, options }, run, async ({ progress, stop }) => {
        const found = await progress.step(`Comparing both sides of ${slug}`, (detail) =>
          verifyTransfer({ ...transfer, stop, onProgress: countRows(0, detail) }),
        )
        return { status: found.ok ? 'done' : 'failed', result: found }
      })
    })
    printResult(shell, options, { data: verification, text: (paint) => render(verification, paint) })
  })
}

function render({ ok, accounted, tables, differences }: Verification, paint: ReturnType<typeof painter>): string {
  const dim = (heads: string[]) => heads.map((head) => paint('dim', head))
  return [
    renderTable(
      dim(['OLD TABLE', 'ROWS', 'MOVED IN', 'QUARANTINE']),
      accounted.map(({ table, rows, moved, quarantined }) => [table, ...[rows, moved, quarantined].map(String)]),
    ),
    '',
    renderTable(
      dim(['TABLE', 'ROWS', 'HASH OF ALL']),
      tables.map(({ table, rows, hash }) => [table, String(rows), hash]),
    ),
    '',
    ...differences
      .slice(0, 50)
      .map(({ table, key, kind, columns }) => `${paint('red', kind)} ${table} ${key} ${columns.join(', ')}`),
    ok
      ? `${paint('green', '✓')} Every row is accounted for, and both sides say the same.`
      : `${paint('red', '✗')} ${differences.length} rows differ.`,
  ].join('\n')
}
