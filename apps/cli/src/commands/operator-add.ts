import { hashPassword } from '@tenantry/auth'
import { MemberInput } from '@tenantry/contracts/tenants'
import type { Command } from 'commander'
import { withAccess, type Access } from '../access.ts'
import { Refusal } from '../exit-code.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

interface Options extends OutputOptions, WritingOptions {
  name?: string
}

/** Nothing but this command makes somebody an operator. */
export function operatorAddCommand(shell: Shell): Command {
  return withWritingOptions(
    newCommand('add', 'open the operator console to a person', [
      'tenantry operator add ada@acme.example',
      'tenantry operator add opal@host.example --name "Opal Reyes" < password.txt',
    ]),
  )
    .argument('<email>')
    .option('--name <name>', 'make an account for somebody who has none; the first line of the input is its password')
    .action(async (email: string, options: Options) => {
      const isNew = await withAccess(shell, async ({ app, operatorName }) => {
        const makes = options.name !== undefined && (await app.db.users.findCredential(email)) === undefined
        if (options.dryRun) return makes
        if (makes) await makeAccount(shell, app, { email, name: options.name ?? '' })
        await app.operators.add(operatorName, email)
        return makes
      })
      const done = options.dryRun ? 'Would open the console to' : 'The console is open to'
      printResult(shell, options, {
        data: { email, isNewAccount: isNew, ...(options.dryRun && { dryRun: true }) },
        text: () => `${done} ${email}${isNew ? ', with a new account' : ''}.`,
      })
    })
}

const Account = MemberInput.pick({ email: true, name: true, password: true })

/** The password comes by the input and never as an argument, which other processes could read. */
async function makeAccount(
  { terminal }: Shell,
  app: Access['app'],
  { email, name }: { email: string; name: string },
): Promise<void> {
  const typed = await terminal.ask('First password, at least 12 characters: ')
  const account = Account.safeParse({ email, name, password: typed?.trim() })
  const { password } = account.data ?? {}
  if (!account.success || password === undefined) {
    const [issue] = account.error?.issues ?? []
    throw new Refusal(
      `${issue === undefined ? 'Give a password.' : `${issue.path.join('.')}: ${issue.message}`} Nothing was done.`,
    )
  }
  await app.db.users.create({ email, name: account.data?.name ?? name, passwordHash: await hashPassword(password) })
}
