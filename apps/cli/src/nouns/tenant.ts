import type { Command } from 'commander'
import { tenantCheckCommand } from '../commands/tenant-check.ts'
import { tenantListCommand } from '../commands/tenant-list.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function tenantNoun(shell: Shell): Command {
  return newNoun('tenant', 'tenants and where their data lives', [tenantListCommand(shell), tenantCheckCommand(shell)])
}
