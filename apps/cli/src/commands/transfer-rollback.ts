import { rollBack } from '@tenantry/tenant-transfer/cutover'
import { transferStatus } from '@tenantry/tenant-transfer/status'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { Refusal } from '../exit-code.ts'
import { conductRun } from '../manners/conduct-run.ts'
import { askToGoOn, withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { transferOptions, withCompanyOptions, type WhichCompany } from '../transfer-options.ts'

interface RollbackOptions extends OutputOptions, WritingOptions, WhichCompany {
  discard?: string
}

export function transferRollbackCommand(shell: Shell): Command {
  const command = newCommand('rollback', 'put the old system in charge again; its rows were kept', [
    'tenantry transfer rollback acme',
    'tenantry transfer rollback acme --discard acme   # although the new rows have been changed since',
  ])
  return withWritingOptions(withCompanyOptions(command))
    .option('--discard <slug>', 'the slug again: leave behind what was changed since the cutover')
    .action(async (slug: string, options: RollbackOptions) => {
      if (options.discard !== undefined && options.discard !== slug) {
        throw new Refusal(`--discard names something else than ${slug}. Nothing was done.`)
      }
      await withAccess(shell, async (access) => {
        const { app, operatorName } = access
        const transfer = transferOptions(shell, access, { slug, ...options })
        if (options.dryRun) {
          const { inCharge } = await transferStatus(transfer)
          return printResult(shell, options, {
            data: { dryRun: true, slug, inCharge },
            text: () => `Would put the old system in charge of ${slug}; ${inCharge} is. Nothing was done.`,
          })
        }
        await askToGoOn(shell, options, `Put the old system in charge of ${slug} again?`)
        const { tenantId } = await app.transfers.tenant(slug)
        const begun = { kind: 'transfer.rollback', subject: slug, tenantId, input: {}, startedBy: operatorName }
        const result = await conductRun(
          { shell, command, options },
          await app.runs.resumeOrStart(begun),
          async ({ progress }) => ({
            status: 'done',
            result: await progress.step(`Rolling ${slug} back`, () =>
              rollBack({ ...transfer, discardChanges: options.discard === slug }),
            ),
          }),
        )
        printResult(shell, options, {
          data: { slug, ...result },
          text: (paint) =>
            `${paint('green', '✓')} ${slug} works in the old system. ${result.discarded} changed rows were left behind.`,
        })
      })
    })
}
