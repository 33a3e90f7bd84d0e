import type { LoginKind } from '@tenantry/app-db/types'
import { parseTarget } from '@tenantry/connections/target'
import { rotatePassword, rotatePasswordKind } from '@tenantry/fleet/rotate-password'
import { Option, type Command } from 'commander'
import { withAccess } from '../access.ts'
import { conductRun } from '../manners/conduct-run.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { openServers } from '../servers-file.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

interface RotateOptions extends OutputOptions, WritingOptions {
  login: LoginKind
}

export function credentialsRotatePasswordCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand('rotate-password', 'give a tenant’s database another password; no request notices', [
      'tenantry credentials rotate-password acme',
      'tenantry credentials rotate-password acme --login service    # the one of fleet and transfer',
    ]),
  )
  return command
    .argument('<slug>')
    .addOption(new Option('--login <login>', 'which of its logins').choices(['serving', 'service']).default('serving'))
    .action(async (slug: string, options: RotateOptions) => {
      const { login } = options
      const result = await withAccess(shell, async ({ app, keyring, operatorName }) => {
        const { host, port, database } = parseTarget((await app.dataSourceLogins.bySlug(slug)).url)
        const server = openServers(shell).at({ host, port })
        if (options.dryRun) return { dryRun: true, slug, login, address: `${host}:${port}/${database}` }
        const subject = login === 'serving' ? slug : `${slug} ${login}`
        const what = { kind: rotatePasswordKind, subject, input: { login }, startedBy: operatorName }
        const run = await app.runs.resumeOrStart(what)
        const rotated = await conductRun({ shell, command, options }, run, async ({ progress }) => ({
          status: 'done',
          result: await progress.step(`Changing the password of ${slug}`, (onProgress) =>
            rotatePassword({ app, server, keyring, operatorName, slug, login, run, onProgress }),
          ),
        }))
        return { dryRun: false, slug, login, ...rotated }
      })
      printResult(shell, options, {
        data: result,
        text: () =>
          result.dryRun
            ? `Would change the password of ${slug}. Nothing was done.`
            : `${slug} has another password, and its old login is gone.`,
      })
    })
}
