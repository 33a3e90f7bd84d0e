import { parseTarget } from '@tenantry/connections/target'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { newCommand, printResult, progressOf, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'

export function tenantListCommand(shell: Shell): Command {
  return newCommand('list', 'all tenants and where their data lives; no tenant database is asked', [
    'tenantry tenant list',
    'tenantry tenant list --json | jq -r ".[].slug"',
  ]).action(async (options: OutputOptions) => {
    const tenants = await progressOf(shell, options).step('Reading the tenants', () =>
      withAccess(shell, ({ app }) => app.db.tenants.listForOperator()),
    )
    printResult(shell, options, {
      data: tenants,
      text: (paint) =>
        renderTable(
          ['TENANT', 'NAME', 'STATUS', 'PLACEMENT', 'DATABASE', 'REGION'].map((head) => paint('dim', head)),
          tenants.map(({ slug, name, status, placement, dataSourceUrl, dataSourceRegion }) => [
            paint('bold', slug),
            name,
            paint(status === 'active' ? 'green' : 'yellow', status),
            placement ?? '-',
            dataSourceUrl === null ? 'not set up' : addressOf(dataSourceUrl),
            dataSourceRegion ?? '-',
          ]),
        ),
    })
  })
}

function addressOf(dataSourceUrl: string): string {
  const { host, port, database } = parseTarget(dataSourceUrl)
  return `${host}:${port}/${database}`
}
