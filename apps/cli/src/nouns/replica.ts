import type { Command } from 'commander'
import { replicaAddCommand } from '../commands/replica-add.ts'
import { replicaListCommand } from '../commands/replica-list.ts'
import { replicaRemoveCommand } from '../commands/replica-remove.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function replicaNoun(shell: Shell): Command {
  return newNoun('replica', "standbys of tenants' databases that answer reads", [
    replicaAddCommand(shell),
    replicaListCommand(shell),
    replicaRemoveCommand(shell),
  ])
}
