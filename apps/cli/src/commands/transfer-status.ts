import { transferStatus, type TransferStatus } from '@tenantry/tenant-transfer/status'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'
import { transferOptions, withCompanyOptions, type WhichCompany } from '../transfer-options.ts'

export function transferStatusCommand(shell: Shell): Command {
  const command = newCommand('status', 'who is in charge of a company, how far it is, and what waits in quarantine', [
    'tenantry transfer status acme',
    'tenantry transfer status acme --json | jq .inCharge',
  ])
  return withCompanyOptions(command).action(async (slug: string, options: OutputOptions & WhichCompany) => {
    const status = await withAccess(shell, (access) =>
      transferStatus(transferOptions(shell, access, { slug, ...options })),
    )
    printResult(shell, options, { data: { slug, ...status }, text: (paint) => render(slug, status, paint) })
  })
}

function render(
  slug: string,
  { inCharge, copied, stream, quarantined }: TransferStatus,
  paint: ReturnType<typeof painter>,
): string {
  const dim = (heads: string[]) => heads.map((head) => paint('dim', head))
  return [
    `In charge of ${paint('bold', slug)}: ${inCharge}`,
    stream === null
      ? 'No changes flow.'
      : `Changes flow; ${stream.bytesBehind} bytes of the log are still to be looked at.`,
    ...(copied.length === 0
      ? []
      : [
          '',
          renderTable(
            dim(['COPIED', 'ROWS', '']),
            copied.map(({ name, rows, isDone }) => [name, String(rows), isDone ? 'whole' : 'under way']),
          ),
        ]),
    ...(quarantined.length === 0
      ? []
      : [
          '',
          renderTable(
            dim(['QUARANTINE', 'ROWS', 'VALUES']),
            quarantined.map(({ table, rows, values }) => [table, String(rows), String(values)]),
          ),
        ]),
  ].join('\n')
}
