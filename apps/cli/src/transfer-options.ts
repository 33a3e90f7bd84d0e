import type { TransferOptions } from '@tenantry/tenant-transfer/company'
import type { Command } from 'commander'
import type { Access } from './access.ts'
import { openServers } from './servers-file.ts'
import type { Shell } from './shell.ts'

/** What the verbs of a transfer have in common. */
export interface WhichCompany {
  from?: string
  /** Commander's way to say `--no-stream`. */
  stream?: boolean
}

export function withCompanyOptions(command: Command): Command {
  return command
    .argument('<slug>', 'the tenant it becomes')
    .option('--from <id>', 'what the old tables call the company; later commands know it')
}

export function withStreamOption(command: Command): Command {
  return command.option('--no-stream', 'leave the log of changes alone; the pause of the cutover is then longer')
}

/** The old tables are in the application database, and are reached as its administrator. */
export function transferOptions(
  shell: Shell,
  { app, keyring, operatorName }: Access,
  { slug, from, stream }: WhichCompany & { slug: string },
): TransferOptions {
  return {
    transfers: app.transfers,
    keyring,
    source: openServers(shell).appAdmin,
    operatorName,
    slug,
    legacyTenantId: from,
    ...(stream === false && { withoutStream: true }),
  }
}
