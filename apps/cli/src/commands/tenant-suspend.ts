import type { Command } from 'commander'
import { stateCommand } from '../change-state.ts'
import type { Shell } from '../shell.ts'

export function tenantSuspendCommand(shell: Shell): Command {
  return stateCommand(shell, {
    name: 'suspend',
    state: 'suspended',
    description: 'end what a tenant has under way; its data can be read and not changed from then on',
    question: 'End the work under way and suspend',
    done: 'is suspended: its data can be read and not changed. `resume` takes that back.',
  })
}
