import { runCampaign, type CampaignReport } from '@tenantry/fleet/campaign'
import { claimCampaign } from '@tenantry/fleet/claim-campaign'
import { databasesOf, selectDatabases } from '@tenantry/fleet/databases'
import { readFleetStatus } from '@tenantry/fleet/status'
import type { Command } from 'commander'
import { withFleet } from '../fleet/access.ts'
import { atLeastOne, atOnceHelp, collectSlugs, perServerHelp, type WidthOptions } from '../fleet/options.ts'
import { renderCampaign } from '../fleet/render-campaign.ts'
import { readKnown, renderStatus, withKnown } from '../fleet/render-status.ts'
import { conductRun, type Conclusion } from '../manners/conduct-run.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

interface MigrateOptions extends OutputOptions, WidthOptions {
  tenant: string[]
  canary: string[]
  folder?: string
  dryRun?: boolean
}

export function fleetMigrateCommand(shell: Shell): Command {
  const command = newCommand('migrate', 'bring the databases of all tenants to the newest migration, in waves', [
    'tenantry fleet migrate --canary acme,bloom',
    'tenantry fleet migrate --tenant acme      # only where acme lives',
    'tenantry fleet migrate                    # the same again after it was interrupted: it goes on',
    'tenantry fleet migrate --dry-run --json',
  ])
  return command
    .option('--tenant <slug>', 'only the databases of these tenants; may be repeated', collectSlugs, [])
    .option('--canary <slug>', 'whose databases go first; one failure among them halts', collectSlugs, [])
    .option('--per-server <number>', perServerHelp, atLeastOne, 4)
    .option('--at-once <number>', atOnceHelp, atLeastOne, 32)
    .option('--folder <path>', 'migrations of another release, as drizzle-kit writes them')
    .option('--dry-run', 'say what each database lacks and change nothing')
    .action(async (options: MigrateOptions) => {
      await withFleet(shell, async ({ app, keyring, operatorName }) => {
        const { tenant: only, canary, folder, perServer, atOnce } = options
        const tenants = await app.serviceAccess.tenants()
        const databases = databasesOf(tenants)
        selectDatabases(databases, [...only, ...canary])
        if (options.dryRun) {
          const chosen = only.length > 0 ? selectDatabases(databases, only).flatMap((one) => one.tenants) : tenants
          const status = await readFleetStatus({ tenants: chosen, keyring, folder, perServer, atOnce })
          const facts = await readKnown(app)
          const known = status.map((database) => withKnown(database, facts))
          return printResult(shell, options, { data: known, text: (paint) => renderStatus(known, paint) })
        }
        const run = await claimCampaign(app.runs, { only, canary, folder, operatorName })
        const report = await conductRun({ shell, command, options }, run, async ({ progress, stop }) => {
          const count = only.length > 0 ? selectDatabases(databases, only).length : databases.length
          const result = await progress.meter('Migrating the fleet', count, (advance) =>
            runCampaign({
              run,
              tenants,
              keyring,
              only,
              canary,
              folder,
              perServer,
              atOnce,
              stop,
              onProgress: () => advance(),
            }),
          )
          return conclude(result, stop)
        })
        printResult(shell, options, { data: report, text: (paint) => renderCampaign(report, paint) })
      })
    })
}

function conclude(result: CampaignReport, stop: AbortSignal): Conclusion<CampaignReport> {
  if (result.failed === 0) return { status: stop.aborted && result.notTried > 0 ? 'interrupted' : 'done', result }
  return { status: result.migrated + result.upToDate > 0 ? 'partly_failed' : 'failed', result }
}
