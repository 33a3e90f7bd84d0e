import { verifyTransfer, type Verification } from '@tenantry/tenant-transfer/verify'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { exitCode } from '../exit-code.ts'
import { newCommand, printResult, progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'
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
    const verification = await withAccess(shell, (access) =>
      progressOf(shell, options).step(`Comparing both sides of ${slug}`, () =>
        verifyTransfer(transferOptions(shell, access, { slug, ...options })),
      ),
    )
    if (!verification.ok) setExitCode(command, exitCode.failed)
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
