import type { Command } from 'commander'
import { operatorAddCommand } from '../commands/operator-add.ts'
import { operatorListCommand } from '../commands/operator-list.ts'
import { operatorRemoveCommand } from '../commands/operator-remove.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function operatorNoun(shell: Shell): Command {
  return newNoun('operator', 'who may use the operator console', [
    operatorAddCommand(shell),
    operatorListCommand(shell),
    operatorRemoveCommand(shell),
  ])
}
