import { planTransfer, type TransferPlan } from '@tenantry/tenant-transfer/plan'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'
import { transferOptions, withCompanyOptions, type WhichCompany } from '../transfer-options.ts'

interface PlanOptions extends OutputOptions, WhichCompany {
  columns?: boolean
}

export function transferPlanCommand(shell: Shell): Command {
  const command = newCommand('plan', 'what would move, what cannot and why; reads the old tables and changes nothing', [
    'tenantry transfer plan acme --from 5f0f7c1e-3c54-4d8e-9a53-2b7b1c5e0a11',
    'tenantry transfer plan acme --columns                     # the decision for each column',
    'tenantry transfer plan acme --json | jq .problems         # row by row',
  ])
  return withCompanyOptions(command)
    .option('--columns', 'show what becomes of each column')
    .action(async (slug: string, options: PlanOptions) => {
      const plan = await withAccess(shell, (access) =>
        planTransfer(transferOptions(shell, access, { slug, ...options })),
      )
      printResult(shell, options, { data: plan, text: (paint) => render(plan, options, paint) })
    })
}

function render(plan: TransferPlan, { columns }: PlanOptions, paint: ReturnType<typeof painter>): string {
  const dim = (heads: string[]) => heads.map((head) => paint('dim', head))
  const tables = renderTable(
    dim(['TABLE', 'ROWS', 'MOVE IN', 'QUARANTINE', 'VALUES LOST', 'OF OTHERS', 'BYTES']),
    plan.tables.map((table) => [
      table.table,
      ...[table.rows, table.moved, table.quarantined, table.lostValues, table.ofOthers, table.bytes].map(String),
    ]),
  )
  const decisions = plan.tables.flatMap(({ table, columns: all }) =>
    all.map(({ column, decision, to, why }) => [`${table}.${column}`, decision, to.join(', '), why]),
  )
  const reasons = new Map<string, number>()
  for (const { table, column, reason } of plan.problems) {
    const what = `${table}${column === null ? '' : `.${column}`} ${reason}`
    reasons.set(what, (reasons.get(what) ?? 0) + 1)
  }
  return [
    tables,
    ...(columns ? ['', renderTable(dim(['COLUMN', '', 'TO', 'HOW, OR WHY NOT']), decisions)] : []),
    '',
    ...[...reasons].map(([what, count]) => `${String(count).padStart(6)} × ${what}`),
    '',
    `${plan.rows} rows, about ${plan.estimateSeconds} s. ${
      plan.isOnline
        ? 'The company can work meanwhile.'
        : 'The server does not log changes (wal_level), so the cutover pauses for as long as a comparison takes.'
    }`,
  ].join('\n')
}
