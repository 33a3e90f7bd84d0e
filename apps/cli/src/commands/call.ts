import { secretFieldsIn } from '@tenantry/app-db/runs'
import { callAsOperator, proceduresForOperators } from '@tenantry/api/operator'
import { TenantryError } from '@tenantry/errors'
import { openLogger } from '@tenantry/telemetry/logger'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { Refusal } from '../exit-code.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'

interface CallOptions extends OutputOptions {
  tenant?: string
  input?: string
  dryRun?: boolean
}

export function callCommand(shell: Shell): Command {
  return newCommand('call', "call a procedure in a tenant as an operator; the tenant's audit log shows it", [
    'tenantry call                                             # lists the procedures',
    `tenantry call accounts.list --tenant acme --input '{"limit":5}'`,
    'tenantry call members.add --tenant acme --input - < member.json    # from stdin, as a secret has to come',
  ])
    .argument('[procedure]', 'such as accounts.list')
    .option('--tenant <slug>', 'in whose name')
    .option(
      '--input <json>',
      'what the procedure takes; - reads it from stdin, as an input with a secret must be given',
    )
    .option('--dry-run', 'say whether it would change something, and do not call it')
    .action(async (path: string | undefined, options: CallOptions) => {
      if (path === undefined) return printProcedures(shell, options)
      const type = proceduresForOperators().get(path)
      if (type === undefined) throw new TenantryError('PROCEDURE_NOT_FOUND')
      const { tenant: slug } = options
      if (slug === undefined) throw new TenantryError('BAD_INPUT', { message: 'Name the tenant with --tenant <slug>.' })
      const isPiped = options.input === '-'
      const input = parseInput(isPiped ? await shell.terminal.readInput() : options.input)
      if (!isPiped) assertMayBeTyped(input)
      if (options.dryRun) {
        const effect = type === 'mutation' ? 'would change something' : 'would only read'
        return printResult(shell, options, {
          data: { dryRun: true, procedure: path, type, tenant: slug },
          text: () => `${path} ${effect} in ${slug}. Nothing was called.`,
        })
      }
      const logger = openLogger({ level: shell.env.LOG_LEVEL })
      const answer = await withAccess(shell, ({ app, dataSources, keyring, files, operatorName }) => {
        const allowsPlainWebhooks = shell.env.WEBHOOK_NETWORKS !== undefined
        const stores = { appDb: app.db, grants: app.grants, dataSources, keyring, ...(files && { files }) }
        const planes = { ...stores, logger, allowsPlainWebhooks }
        return callAsOperator(planes, { operatorName, slug, path, input })
      })
      const data = answer ?? null
      printResult(shell, options, { data, text: () => JSON.stringify(data, null, 2) })
    })
}

/** The parser's own message would repeat what was typed. */
function parseInput(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new TenantryError('BAD_INPUT', { message: '--input is not JSON.' })
  }
}

/** The history of the shell keeps what was typed, and everybody on the machine sees it in the list of processes. */
function assertMayBeTyped(input: unknown): void {
  // The key of a custom field or of a series of numbers is a name.
  const field = [...secretFieldsIn(input)].find((path) => !/(^|\.)key$/.test(path))
  if (field === undefined) return
  throw new Refusal(
    `${field} is a secret, which others could read in a command line. Give the input with --input - on stdin.`,
  )
}

function printProcedures(shell: Shell, options: OutputOptions): void {
  const all = [...proceduresForOperators()].map(([procedure, type]) => ({ procedure, type }))
  printResult(shell, options, {
    data: all,
    text: (paint) =>
      renderTable(
        ['PROCEDURE', 'TYPE'].map((head) => paint('dim', head)),
        all.map(({ procedure, type }) => [procedure, type]),
      ),
  })
}
