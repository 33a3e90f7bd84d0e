import type { Command } from 'commander'
import { stateCommand } from '../change-state.ts'
import type { Shell } from '../shell.ts'

export function tenantResumeCommand(shell: Shell): Command {
  return stateCommand(shell, {
    name: 'resume',
    state: 'active',
    description: 'let a tenant work again that was suspended or archived',
    done: 'works again.',
  })
}
