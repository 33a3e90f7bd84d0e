import { cutOver } from '@tenantry/tenant-transfer/cutover'
import { transferStatus } from '@tenantry/tenant-transfer/status'
import { InvalidArgumentError, type Command } from 'commander'
import { findConfiguration, withAccess } from '../access.ts'
import { conductRun } from '../manners/conduct-run.ts'
import { askToGoOn, withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { transferOptions, withCompanyOptions, withStreamOption, type WhichCompany } from '../transfer-options.ts'

interface CutoverOptions extends OutputOptions, WritingOptions, WhichCompany {
  pause: number
}

export function transferCutoverCommand(shell: Shell): Command {
  const command = newCommand('cutover', 'compare, pause the old system for this company, take over the rest, switch', [
    'tenantry transfer cutover acme',
    'tenantry transfer cutover acme --pause 3000 --yes --json   # hold writes back for 3 s at the longest',
  ])
  return withWritingOptions(withStreamOption(withCompanyOptions(command)))
    .option('--pause <ms>', 'longest time nobody may write; then the old system goes on', milliseconds, 10_000)
    .action(async (slug: string, options: CutoverOptions) => {
      await withAccess(shell, async (access) => {
        const { app, operatorName } = access
        const transfer = transferOptions(shell, access, { slug, ...options })
        if (options.dryRun) {
          const status = await transferStatus(transfer)
          return printResult(shell, options, {
            data: { dryRun: true, slug, ...status },
            text: () => `Would switch ${slug} over; ${status.inCharge} is in charge. Nothing was done.`,
          })
        }
        await askToGoOn(shell, options, `Switch ${slug} over to its tenant database?`)
        const { tenantId } = await app.transfers.tenant(slug)
        const begun = { kind: 'transfer.cutover', subject: slug, tenantId, input: {}, startedBy: operatorName }
        const run = await app.runs.resumeOrStart(begun)
        const { verification, ...cutover } = await conductRun(
          { shell, command, options },
          run,
          async ({ progress }) => ({
            status: 'done',
            result: await progress.step(`Switching ${slug} over`, (detail) =>
              cutOver({
                ...transfer,
                pauseMs: options.pause,
                applicationRole: findConfiguration(shell).target.user,
                onProgress: ({ step }) => detail(step),
              }),
            ),
          }),
        )
        const tables = verification?.tables.map(({ table, rows }) => ({ table, rows })) ?? []
        printResult(shell, options, {
          data: { slug, ...cutover, tables },
          text: (paint) =>
            cutover.pausedMs === null
              ? `${slug} had been switched over before; what was left to do is done.`
              : `${paint('green', '✓')} ${slug} works in its tenant database. Nobody could write for ${cutover.pausedMs} ms: ${cutover.pauseSteps
                  .map(({ step, ms }) => `${step} ${ms}`)
                  .join(', ')}.`,
        })
      })
    })
}

function milliseconds(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 600_000) {
    throw new InvalidArgumentError('Use whole milliseconds, 600000 at most.')
  }
  return number
}
