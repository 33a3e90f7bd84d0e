import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'

export function replicaListCommand(shell: Shell): Command {
  return newCommand('list', 'the standbys that may answer reads, and how each was last found', [
    'tenantry replica list',
    'tenantry replica list acme --json',
  ])
    .argument('[slug]', 'of one tenant; without it, of all')
    .action(async (slug: string | undefined, options: OutputOptions) => {
      const replicas = await withAccess(shell, async ({ app }) => {
        const health = await app.health.all()
        const found = await app.replicas.list(slug)
        return found.map((replica) => {
          const known = health.get(replica.slug)?.replicas.find(({ address }) => address === replica.address)
          return { ...replica, state: known?.state ?? null, lagBytes: known?.lagBytes ?? null }
        })
      })
      printResult(shell, options, {
        data: replicas,
        text: (paint) =>
          renderTable(
            ['TENANT', 'ADDRESS', 'REGION', '', 'BEHIND'].map((head) => paint('dim', head)),
            replicas.map(({ slug: tenant, address, region, state, lagBytes }) => [
              paint('bold', tenant),
              address,
              region,
              state === null ? paint('dim', 'not checked') : paint(state === 'healthy' ? 'green' : 'red', state),
              lagBytes === null ? '-' : `${lagBytes} bytes`,
            ]),
          ),
      })
    })
}
