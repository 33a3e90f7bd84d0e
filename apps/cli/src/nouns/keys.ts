import type { Command } from 'commander'
import { keysGenerateCommand } from '../commands/keys-generate.ts'
import { keysRotateCommand } from '../commands/keys-rotate.ts'
import { keysStatusCommand } from '../commands/keys-status.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function keysNoun(shell: Shell): Command {
  return newNoun('keys', 'encryption keys', [
    keysGenerateCommand(shell),
    keysStatusCommand(shell),
    keysRotateCommand(shell),
  ])
}
