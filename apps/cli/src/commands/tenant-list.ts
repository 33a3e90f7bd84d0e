import { parseTarget } from '@tenantry/connections/target'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { paintState } from '../health-words.ts'
import { newCommand, printResult, progressOf, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'

export function tenantListCommand(shell: Shell): Command {
  return newCommand(
    'list',
    'all tenants, where their data lives and how it was last found; no tenant database is asked',
    [
      'tenantry tenant list',
      'tenantry tenant list --json | jq -r ".[].slug"',
      'tenantry tenant list --json | jq -r \'.[] | select(.health.state == "unreachable").slug\'',
    ],
  ).action(async (options: OutputOptions) => {
    const tenants = await progressOf(shell, options).step('Reading the tenants', () =>
      withAccess(shell, async ({ app }) => {
        const health = await app.health.all()
        const found = await app.db.tenants.listForOperator()
        return found.map((tenant) => ({ ...tenant, health: health.get(tenant.slug) ?? null }))
      }),
    )
    printResult(shell, options, {
      data: tenants,
      text: (paint) =>
        renderTable(
          ['TENANT', 'NAME', 'STATUS', 'HEALTH', 'PLACEMENT', 'DATABASE', 'REGION'].map((head) => paint('dim', head)),
          tenants.map(({ slug, name, status, placement, dataSourceUrl, dataSourceRegion, health }) => [
            paint('bold', slug),
            name,
            paint(status === 'active' ? 'green' : 'yellow', status),
            dataSourceUrl === null ? '-' : paintState(health?.state, paint),
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
