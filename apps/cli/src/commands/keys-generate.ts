import { generateKey } from '@tenantry/credentials/keyring'
import { type Command, InvalidArgumentError } from 'commander'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

export function keysGenerateCommand(shell: Shell): Command {
  return newCommand('generate', 'make a key that seals credentials, for TENANTRY_KEYS', [
    'tenantry keys generate',
    'tenantry keys generate --id k2    # put it in front: TENANTRY_KEYS="<new>,<old>"',
  ])
    .option('--id <id>', 'name of the key; every sealed value carries it', keyId, 'k1')
    .action((options: OutputOptions & { id: string }) => {
      const key = `${options.id}:${generateKey()}`
      printResult(shell, options, { data: { key }, text: () => key })
    })
}

function keyId(text: string): string {
  if (!/^[a-z0-9][a-z0-9_-]{0,15}$/.test(text)) {
    throw new InvalidArgumentError('Use up to 16 lower-case letters, digits, hyphens and underscores.')
  }
  return text
}
