import type { Command } from 'commander'
import { existsSync } from 'node:fs'
import { findRunningDemo } from '../demo/running-demo.ts'
import { Refusal } from '../exit-code.ts'
import { askToGoOn, withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

export function demoResetCommand(shell: Shell): Command {
  return withWritingOptions(
    newCommand('reset', 'throw the demo data away; the next start makes it anew', [
      'tenantry demo reset',
      'tenantry demo reset --yes',
    ]),
  ).action(async (options: OutputOptions & WritingOptions) => {
    const { demoFolder, env } = shell
    const running = findRunningDemo(demoFolder)
    if (running) throw new Refusal('The demo runs. Stop it first with `pnpm tenantry demo stop`.')
    if (env.APP_DATABASE_URL !== undefined) {
      throw new Refusal('This removes databases only from servers of our own. Drop the ones on yours by hand.')
    }
    const isThere = existsSync(demoFolder.path)
    if (isThere && !options.dryRun) {
      await askToGoOn(shell, options, `Remove all demo data in ${demoFolder.path}?`)
      demoFolder.clear()
    }
    printResult(shell, options, {
      data: { folder: demoFolder.path, removed: isThere && !options.dryRun, ...(options.dryRun && { dryRun: true }) },
      text: () => (isThere ? `${options.dryRun ? 'Would remove' : 'Removed'} ${demoFolder.path}.` : 'There is none.'),
    })
  })
}
