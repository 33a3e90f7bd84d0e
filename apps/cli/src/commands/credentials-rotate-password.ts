import type { LoginKind } from '@tenantry/app-db/types'
import { parseTarget } from '@tenantry/connections/target'
import { claimRotation } from '@tenantry/fleet/claim-run'
import { rotatePassword, type RotatedPassword } from '@tenantry/fleet/rotate-password'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { withAccess } from '../access.ts'
import { conductSteps } from '../manners/conduct-run.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { openServers } from '../servers-file.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

interface RotateOptions extends OutputOptions, WritingOptions {
  login: LoginKind
  graceSeconds?: number
}

export function credentialsRotatePasswordCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand('rotate-password', 'give a tenant’s database another password; no request notices', [
      'tenantry credentials rotate-password acme',
      'tenantry credentials rotate-password acme --login service    # the one of fleet and transfer',
      'tenantry credentials rotate-password acme --login support    # the one of support access, which only reads',
    ]),
  )
  return command
    .argument('<slug>')
    .addOption(
      new Option('--login <login>', 'which of its logins')
        .choices(['serving', 'service', 'support'])
        .default('serving'),
    )
    .option('--grace-seconds <number>', 'longest time a request goes on with what it knew (default: 60)', seconds)
    .action(async (slug: string, options: RotateOptions) => {
      const { login, graceSeconds } = options
      const grace = graceSeconds === undefined ? {} : { graceMs: graceSeconds * 1000 }
      const result = await withAccess(shell, async ({ app, keyring, operatorName }) => {
        const { host, port, database } = parseTarget((await app.dataSourceLogins.bySlug(slug)).url)
        const server = openServers(shell).at({ host, port })
        if (options.dryRun) return { dryRun: true, slug, login, address: `${host}:${port}/${database}` }
        const run = await claimRotation(app, { slug, login, startedBy: operatorName })
        const rotated = await conductSteps({ shell, command, options }, run, {
          title: `Changing the password of ${slug}`,
          work: (onProgress) =>
            rotatePassword({ app, server, keyring, operatorName, slug, login, run, onProgress, ...grace }),
        })
        return { dryRun: false, slug, login, ...rotated }
      })
      printResult(shell, options, {
        data: result,
        text: () =>
          'changedAt' in result ? outcomeOf(slug, result) : `Would change the password of ${slug}. Nothing was done.`,
      })
    })
}

function outcomeOf(slug: string, { changedAt, isNew }: RotatedPassword): string {
  if (isNew) return `${slug} has another password, and its old login is gone.`
  return `No password was made now: the change that was interrupted had made one by ${changedAt}. Its old login is gone. For yet another password run the command again.`
}

function seconds(text: string): number {
  const value = Number(text)
  if (!(value >= 0 && value <= 3_600)) throw new InvalidArgumentError('Use 0 to 3600.')
  return value
}
