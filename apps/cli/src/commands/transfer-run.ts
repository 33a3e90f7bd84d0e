import { runTransfer } from '@tenantry/tenant-transfer/run'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { conductRun } from '../manners/conduct-run.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { countRows } from '../manners/count-rows.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { transferOptions, withCompanyOptions, withStreamOption, type WhichCompany } from '../transfer-options.ts'
import { planTransfer } from '@tenantry/tenant-transfer/plan'

type RunOptions = OutputOptions & WritingOptions & WhichCompany

export function transferRunCommand(shell: Shell): Command {
  const command = newCommand(
    'run',
    'copy the rows, or go on where an earlier run stopped; the old system stays in charge',
    [
      'tenantry transfer run acme --from 5f0f7c1e-3c54-4d8e-9a53-2b7b1c5e0a11',
      'tenantry transfer run acme        # again: brings what is missing or was written since',
      'tenantry transfer run acme --dry-run',
    ],
  )
  return withWritingOptions(withStreamOption(withCompanyOptions(command))).action(
    async (slug: string, options: RunOptions) => {
      await withAccess(shell, async (access) => {
        const { app, operatorName } = access
        const transfer = transferOptions(shell, access, { slug, ...options })
        const { rows, tables } = await planTransfer({ ...transfer, limit: 0 })
        if (options.dryRun) {
          const quarantined = tables.reduce((sum, table) => sum + table.quarantined, 0)
          return printResult(shell, options, {
            data: { dryRun: true, slug, rows, quarantined },
            text: () =>
              `Would move in ${rows - quarantined} rows and put ${quarantined} into quarantine. Nothing was done.`,
          })
        }
        const { tenantId } = await app.transfers.tenant(slug)
        const begun = {
          kind: 'transfer.run',
          subject: slug,
          tenantId,
          input: { from: options.from ?? null },
          startedBy: operatorName,
        }
        const run = await app.runs.resumeOrStart(begun)
        const result = await conductRun({ shell, command, options }, run, async ({ progress, stop }) => {
          const moved = await progress.step(`Moving ${slug} in`, (detail) =>
            runTransfer({ ...transfer, stop, onProgress: countRows(rows, detail) }),
          )
          return { status: moved.isWhole ? 'done' : 'interrupted', result: moved }
        })
        printResult(shell, options, {
          data: { slug, ...result },
          text: (paint) =>
            result.isWhole
              ? `${paint('green', '✓')} ${result.copied} rows were copied and ${result.changed} rows changed. ${
                  result.isOnline ? 'Changes are being kept for the next run and the cutover.' : ''
                }\nNext: pnpm tenantry transfer verify ${slug}`
              : `Stopped after ${result.copied} rows. Run it again to go on.`,
        })
      })
    },
  )
}
