import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { askToGoOn, withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

export function operatorRemoveCommand(shell: Shell): Command {
  return withWritingOptions(
    newCommand(
      'remove',
      'close the operator console to a person, with their next request; support access ends with it',
      ['tenantry operator remove ada@acme.example'],
    ),
  )
    .argument('<email>')
    .action(async (email: string, options: OutputOptions & WritingOptions) => {
      if (!options.dryRun) await askToGoOn(shell, options, `Close the console to ${email}?`)
      await withAccess(shell, async ({ app, operatorName }) => {
        if (!options.dryRun) await app.operators.remove(operatorName, email)
      })
      printResult(shell, options, {
        data: { email, ...(options.dryRun && { dryRun: true }) },
        text: () =>
          options.dryRun
            ? `Would close the console to ${email}. Nothing was done.`
            : `The console is closed to ${email}.`,
      })
    })
}
