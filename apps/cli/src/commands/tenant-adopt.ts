import { adoptDatabase } from '@tenantry/fleet/adopt-database'
import { claimAdoption } from '@tenantry/fleet/claim-run'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { conductSteps } from '../manners/conduct-run.ts'
import { askToGoOn, withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { openServers } from '../servers-file.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

interface AdoptOptions extends OutputOptions, WritingOptions {
  database: string
  server?: string
}

export function tenantAdoptCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand('adopt', "make a restored copy of a tenant's database its database, with new passwords", [
      'tenantry tenant adopt acme --database acme_restored --server eu-1',
    ]),
  )
  return command
    .argument('<slug>')
    .requiredOption('--database <name>', 'the restored one')
    .option('--server <name>', 'where it is; needed when the servers file names several')
    .action(async (slug: string, options: AdoptOptions) => {
      const { database } = options
      const servers = openServers(shell)
      const server = servers.named(options.server)
      const { host, port } = server.admin
      const address = `${host}:${port}/${database}`
      if (options.dryRun) {
        return printResult(shell, options, {
          data: { dryRun: true, slug, address },
          text: () => `Would point ${slug} at ${address}. Nothing was done.`,
        })
      }
      await askToGoOn(shell, options, `Point ${slug} at ${address}?`)
      await withAccess(shell, async ({ app, keyring, operatorName }) => {
        const input = { database, server: server.name }
        const run = await claimAdoption(app, { slug, input, startedBy: operatorName })
        await conductSteps({ shell, command, options }, run, {
          title: `${slug} moves to ${address}`,
          work: (onProgress) =>
            adoptDatabase({
              app,
              keyring,
              operatorName,
              slug,
              server: server.admin,
              adminAt: servers.at,
              database,
              region: server.region,
              run,
              onProgress,
            }),
        })
      })
      printResult(shell, options, {
        data: { slug, address },
        text: () =>
          `${slug} lives at ${address} now. Add its replicas again where it has any, and let its people in: pnpm tenantry tenant resume ${slug}`,
      })
    })
}
