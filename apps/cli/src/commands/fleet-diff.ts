import { comparisonsOf } from '@tenantry/fleet/comparisons'
import { findDrift, type DriftOptions, type DriftReport } from '@tenantry/fleet/drift'
import type { Command } from 'commander'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { withFleet } from '../fleet/access.ts'
import { atLeastOne, atOnceHelp, collectSlugs, perServerHelp, type WidthOptions } from '../fleet/options.ts'
import { renderDrift } from '../fleet/render-drift.ts'
import { openScratchServer } from '../fleet/scratch-server.ts'
import { renderMeter } from '../manners/meter.ts'
import { newCommand, printResult, progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'

interface DiffOptions extends OutputOptions, WidthOptions {
  tenant: string[]
  server?: string
  folder?: string
}

export function fleetDiffCommand(shell: Shell): Command {
  const command = newCommand(
    'diff',
    'compare the schema of every tenant database with what its migrations make; keeps what it finds for the console; exit code 3 when some drifted',
    ['tenantry fleet diff', 'tenantry fleet diff --tenant acme', 'tenantry fleet diff --server north --json'],
  )
  return command
    .option('--tenant <slug>', 'only the databases of these tenants; may be repeated', collectSlugs, [])
    .option('--server <name>', 'where the scratch database is made (default: the first server of the servers file)')
    .option('--per-server <number>', perServerHelp, atLeastOne, 4)
    .option('--at-once <number>', atOnceHelp, atLeastOne, 32)
    .option('--folder <path>', 'migrations of another release')
    .action(async (options: DiffOptions) => {
      const { tenant: only, folder, perServer, atOnce } = options
      const server = openScratchServer(shell, options.server)
      const report = await withFleet(shell, async ({ app, keyring }) => {
        const tenants = await app.serviceAccess.tenants()
        const comparedAt = new Date().toISOString()
        const found = await progressOf(shell, options).step('Comparing schemas', (detail) =>
          findDrift({ tenants, keyring, only, server, folder, perServer, atOnce, onProgress: countDatabases(detail) }),
        )
        // Compared with another release it says nothing about this one.
        if (folder === undefined) await app.schemaComparisons.record(comparisonsOf(found, comparedAt))
        return found
      })
      printResult(shell, options, { data: report, text: (paint) => renderDrift(report, paint) })
      setExitCode(command, verdict(report))
    })
}

function countDatabases(detail: (text: string) => void): DriftOptions['onProgress'] {
  const started = performance.now()
  return ({ step, done, of }) =>
    detail(
      done === undefined || of === undefined
        ? step
        : renderMeter({ done, total: of, elapsedMs: performance.now() - started }),
    )
}

function verdict({ databases }: DriftReport): ExitCode {
  const healthy = databases.filter(({ state }) => state === 'as migrated').length
  if (healthy === databases.length) return exitCode.ok
  return healthy > 0 ? exitCode.partlyFailed : exitCode.failed
}
