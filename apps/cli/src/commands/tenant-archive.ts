import type { Command } from 'commander'
import { stateCommand } from '../change-state.ts'
import type { Shell } from '../shell.ts'

export function tenantArchiveCommand(shell: Shell): Command {
  return stateCommand(shell, {
    name: 'archive',
    state: 'archived',
    description: 'close a tenant: nobody reaches its data, which stays where it is',
    question: 'End the work under way and close',
    done: 'is closed: nobody reaches its data, which stays. `resume` takes that back.',
  })
}
