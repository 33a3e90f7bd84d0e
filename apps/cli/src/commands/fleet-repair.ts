import { comparisonAfter } from '@tenantry/fleet/comparisons'
import { databasesOf, selectDatabases, type FleetDatabase } from '@tenantry/fleet/databases'
import { repairDatabase, type RepairResult } from '@tenantry/fleet/repair'
import type { Command } from 'commander'
import { withFleet, type FleetAccess } from '../fleet/access.ts'
import { marksOf } from '../fleet/render-drift.ts'
import { openScratchServer } from '../fleet/scratch-server.ts'
import { conductRun } from '../manners/conduct-run.ts'
import { askForName, withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, progressOf, type OutputOptions, type Shell } from '../shell.ts'
import type { painter } from '../terminal.ts'

interface RepairOptions extends OutputOptions, WritingOptions {
  confirm?: string
  server?: string
  folder?: string
  dropRows?: boolean
}

export function fleetRepairCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand('repair', "make the schema of one tenant's database what its migrations make", [
      'tenantry fleet repair acme --dry-run',
      'tenantry fleet repair acme                # asks for the slug to be typed',
      'tenantry fleet repair acme --confirm acme --drop-rows',
    ]),
  )
  return command
    .argument('<slug>', 'a tenant that lives in the database')
    .option('--confirm <slug>', 'the slug again, where nobody can type it')
    .option('--drop-rows', 'remove hand-made columns and tables with what is in them')
    .option('--server <name>', 'where the scratch database is made (default: the first server of the servers file)')
    .option('--folder <path>', 'migrations of another release')
    .action(async (slug: string, options: RepairOptions) => {
      const server = openScratchServer(shell, options.server)
      const dryRun = options.dryRun ?? false
      const result = await withFleet(shell, async ({ app, keyring, operatorName }) => {
        const [database] = selectDatabases(databasesOf(await app.serviceAccess.tenants()), [slug])
        if (database === undefined) throw new TypeError('the database was selected')
        const neighbours = database.tenants.length > 1 ? `, in which ${database.tenants.length} tenants live` : ''
        const question = `The schema of ${database.name}${neighbours} is changed in one transaction.`
        if (!dryRun) await askForName(shell, options, { name: slug, question })
        const asked = { keyring, server, folder: options.folder, mayDestroy: options.dropRows ?? false, dryRun }
        const repaired = dryRun
          ? await progressOf(shell, options).step('Planning', () => repairDatabase(database, asked))
          : await repairOnRecord({ shell, command, options }, { app, operatorName }, { slug, database, asked })
        if (options.folder === undefined) {
          await app.schemaComparisons.record([comparisonAfter(repaired, new Date().toISOString())])
        }
        return repaired
      })
      printResult(shell, options, { data: { dryRun, ...result }, text: (paint) => renderRepair(result, dryRun, paint) })
    })
}

/** Whoever lives in the database finds in its audit log that somebody began to change it; the journal has what was done. */
async function repairOnRecord(
  manners: { shell: Shell; command: Command; options: RepairOptions },
  { app, operatorName }: Pick<FleetAccess, 'app' | 'operatorName'>,
  { slug, database, asked }: { slug: string; database: FleetDatabase; asked: Parameters<typeof repairDatabase>[1] },
): Promise<RepairResult> {
  const { dropRows = false, server = null, folder = null } = manners.options
  const run = await app.runs.start({
    kind: 'fleet.repair',
    subject: database.name,
    tenantId: database.tenants.find((tenant) => tenant.slug === slug)?.id ?? null,
    input: { dropRows, server, folder },
    startedBy: operatorName,
  })
  return await conductRun(manners, run, async ({ progress }) => {
    for (const { id: tenantId, slug: subject } of database.tenants) {
      const principal = { kind: 'operator', name: operatorName } as const
      const detail = { dropRows, run: run.id }
      await app.db.audit.record({ principal, tenantId, action: 'tenant.repair_begun', subject, detail })
    }
    const result = await progress.step('Repairing', () =>
      run.unit('repair', async () => ({ ...(await repairDatabase(database, asked)) })),
    )
    return { status: result.left.length > 0 ? 'partly_failed' : 'done', result }
  })
}

function renderRepair(
  { database, steps, left, forAdministrator }: RepairResult,
  dryRun: boolean,
  paint: ReturnType<typeof painter>,
): string {
  const done = steps.map((step) => `  ${step.sql};${marksOf(step, paint)}`)
  const head =
    steps.length === 0
      ? `${database}: nothing to do`
      : `${database}: ${steps.length} steps ${dryRun ? 'would be taken' : 'were taken'}`
  const remains = dryRun ? [] : left.map((words) => paint('yellow', `  still: ${words}`))
  const admin = forAdministrator.map((sql) => paint('yellow', `  for an administrator: ${sql};`))
  return [head, ...done, ...remains, ...admin].join('\n')
}
