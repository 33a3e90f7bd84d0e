import type { Command } from 'commander'
import { credentialsRotatePasswordCommand } from '../commands/credentials-rotate-password.ts'
import { credentialsSealCommand } from '../commands/credentials-seal.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function credentialsNoun(shell: Shell): Command {
  return newNoun('credentials', 'passwords of tenants’ databases', [
    credentialsSealCommand(shell),
    credentialsRotatePasswordCommand(shell),
  ])
}
