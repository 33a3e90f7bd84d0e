import { TenantryError } from '@tenantry/errors'
import { parseTarget } from '@tenantry/connections/target'
import type { DataSourceHealth } from '@tenantry/contracts/data-source-health'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { describeHealth, momentOf } from '../health-words.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'

export function tenantShowCommand(shell: Shell): Command {
  return newCommand('show', 'all that is known of one tenant, and what was last done to it', [
    'tenantry tenant show acme',
    'tenantry tenant show acme --json | jq .runs',
  ])
    .argument('<slug>')
    .action(async (slug: string, options: OutputOptions) => {
      const { runs, ...tenant } = await withAccess(shell, async ({ app }) => {
        const found = await app.db.tenants.findForOperator(slug)
        if (found === undefined) throw new TenantryError('NOT_FOUND', { message: `There is no tenant ${slug}.` })
        const health = (await app.health.all()).get(slug) ?? null
        return { ...found, health, runs: await app.runs.list({ subject: slug, limit: 10 }) }
      })
      printResult(shell, options, {
        data: { ...tenant, runs },
        text: (paint) =>
          [
            renderTable(
              [paint('bold', tenant.slug), tenant.name],
              [
                ['status', tenant.status],
                ['trade', tenant.trade],
                ['since', tenant.createdAt],
                ['database', tenant.dataSourceUrl === null ? 'not set up' : addressOf(tenant.dataSourceUrl)],
                ['placement', tenant.placement ?? '-'],
                ['region', tenant.dataSourceRegion ?? '-'],
                ...healthLines(tenant.health, paint),
                ['id', tenant.id],
                ['id in its database', tenant.tenantIdInDataSource ?? '-'],
              ],
            ),
            '',
            renderTable(
              ['RUN', 'WHAT', 'STATUS', 'BY', 'BEGUN'].map((head) => paint('dim', head)),
              runs.map(({ id, kind, status, isStale, startedBy, startedAt }) => [
                id,
                kind,
                isStale ? 'killed' : status,
                startedBy,
                startedAt.slice(0, 19),
              ]),
            ),
          ].join('\n'),
      })
    })
}

function healthLines(health: DataSourceHealth | null, paint: ReturnType<typeof painter>): string[][] {
  const state = ['health', describeHealth(health, paint)]
  if (health === null) return [state]
  const { checkedAt, milliseconds, schemaVersion, serverVersion, databaseBytes, replicas } = health
  return [
    state,
    ['last look', `${momentOf(checkedAt)}, in ${milliseconds} ms`],
    ['schema', schemaVersion ?? '-'],
    ['postgres', serverVersion ?? '-'],
    ['size', databaseBytes === null ? '-' : `${(databaseBytes / 2 ** 20).toFixed(1)} MiB`],
    ...replicas.map(({ address, region, state: of, lagBytes }) => [
      'replica',
      `${address} in ${region}: ${of}${lagBytes === null ? '' : `, ${lagBytes} bytes behind`}`,
    ]),
  ]
}

function addressOf(dataSourceUrl: string): string {
  const { host, port, database, user } = parseTarget(dataSourceUrl)
  return `${host}:${port}/${database} as ${user ?? '?'}`
}
