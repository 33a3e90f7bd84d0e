import { TenantryError } from '@tenantry/errors'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

export function replicaRemoveCommand(shell: Shell): Command {
  return withWritingOptions(
    newCommand('remove', 'read from a standby no more; every process knows within a second', [
      'tenantry replica remove acme standby.example.com:5432',
    ]),
  )
    .argument('<slug>')
    .argument('<address>', 'host:port, as `replica list` shows it')
    .action(async (slug: string, address: string, options: OutputOptions & WritingOptions) => {
      const { dryRun = false } = options
      await withAccess(shell, async ({ app, operatorName }) => {
        if (!dryRun) return await app.replicas.remove(operatorName, slug, address)
        const known = await app.replicas.list(slug)
        if (known.some((replica) => replica.address === address)) return
        throw new TenantryError('NOT_FOUND', { message: `${slug} has no replica at ${address}.` })
      })
      printResult(shell, options, {
        data: { dryRun, slug, address },
        text: () =>
          dryRun
            ? 'It would be removed. Nothing was done.'
            : `${slug} is read from ${address} no more. The server itself goes on.`,
      })
    })
}
