import { parseTarget } from '@tenantry/connections/target'
import { seal } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import { Option, type Command } from 'commander'
import { withAccess } from '../access.ts'
import { Refusal } from '../exit-code.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

interface SealOptions extends OutputOptions, WritingOptions {
  login: 'serving' | 'service'
}

/** For a password that somebody has changed in the database by hand. */
export function credentialsSealCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand('seal', 'seal a password that was set in the database, and keep it in the data source', [
      'tenantry credentials seal acme < password-file',
      'tenantry credentials seal acme --login service    # with the password in TENANTRY_SECRET',
    ]),
  )
  return command
    .argument('<slug>')
    .addOption(new Option('--login <login>', 'whose password it is').choices(['serving', 'service']).default('serving'))
    .action(async (slug: string, options: SealOptions) => {
      const password = await readPassword(shell)
      await withAccess(shell, async ({ app, keyring, operatorName }) => {
        const logins = await app.dataSourceLogins.bySlug(slug)
        const column = options.login === 'serving' ? 'data_source_anon_key' : 'data_source_service_key'
        const sealed = seal(keyring, password, { tenantId: logins.tenantId, column })
        if (options.dryRun) return
        const { login: kind } = options
        const role = kind === 'serving' ? parseTarget(logins.url).user : logins.serviceRole
        if (role == null) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
        const login = kind === 'serving' ? { kind, url: logins.url, sealed } : { kind, role, sealed }
        await app.dataSourceLogins.replace(operatorName, logins, login)
      })
      printResult(shell, options, {
        data: { dryRun: options.dryRun ?? false, slug, login: options.login },
        text: () =>
          options.dryRun
            ? 'It can be sealed. Nothing was done.'
            : `Sealed and kept. \`pnpm tenantry tenant check ${slug}\` tries it.`,
      })
    })
}

/** Never from the command line, where every process of the machine could read it, and not typed where it would be seen. */
async function readPassword({ env, terminal }: Shell): Promise<string> {
  if (env.TENANTRY_SECRET !== undefined) return env.TENANTRY_SECRET
  if (terminal.inIsScreen) throw new Refusal('Give the password on standard input (`< file`) or in TENANTRY_SECRET.')
  const line = (await terminal.readInput()).split(/\r?\n/)[0] ?? ''
  if (line === '') throw new Refusal('Standard input holds no password. Nothing was done.')
  return line
}
