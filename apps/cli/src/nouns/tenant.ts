import type { Command } from 'commander'
import { tenantAdoptCommand } from '../commands/tenant-adopt.ts'
import { tenantArchiveCommand } from '../commands/tenant-archive.ts'
import { tenantCheckCommand } from '../commands/tenant-check.ts'
import { tenantCreateCommand } from '../commands/tenant-create.ts'
import { tenantDeleteCommand } from '../commands/tenant-delete.ts'
import { tenantInviteCommand } from '../commands/tenant-invite.ts'
import { tenantListCommand } from '../commands/tenant-list.ts'
import { tenantResumeCommand } from '../commands/tenant-resume.ts'
import { tenantShowCommand } from '../commands/tenant-show.ts'
import { tenantSupportLoginCommand } from '../commands/tenant-support-login.ts'
import { tenantSuspendCommand } from '../commands/tenant-suspend.ts'
import { tenantTestConnectionCommand } from '../commands/tenant-test-connection.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function tenantNoun(shell: Shell): Command {
  return newNoun('tenant', 'tenants and where their data lives', [
    tenantCreateCommand(shell),
    tenantListCommand(shell),
    tenantShowCommand(shell),
    tenantCheckCommand(shell),
    tenantTestConnectionCommand(shell),
    tenantSupportLoginCommand(shell),
    tenantInviteCommand(shell),
    tenantSuspendCommand(shell),
    tenantResumeCommand(shell),
    tenantArchiveCommand(shell),
    tenantAdoptCommand(shell),
    tenantDeleteCommand(shell),
  ])
}
