import { lastFailures } from '@tenantry/fleet/claim-campaign'
import { readFleetStatus, type DatabaseStatus } from '@tenantry/fleet/status'
import type { Command } from 'commander'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { withFleet } from '../fleet/access.ts'
import { atLeastOne, atOnceHelp, perServerHelp, type WidthOptions } from '../fleet/options.ts'
import { readKnown, renderStatus, withKnown } from '../fleet/render-status.ts'
import { newCommand, printResult, progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'

export function fleetStatusCommand(shell: Shell): Command {
  const command = newCommand(
    'status',
    'where the schema of every tenant database stands; exit code 3 when some are not up to date',
    [
      'tenantry fleet status',
      'tenantry fleet status --json | jq "group_by(.state) | map({(.[0].state): length}) | add"',
    ],
  )
  return command
    .option('--folder <path>', 'compare with the migrations of another release')
    .option('--per-server <number>', perServerHelp, atLeastOne, 4)
    .option('--at-once <number>', atOnceHelp, atLeastOne, 32)
    .action(async (options: OutputOptions & WidthOptions & { folder?: string }) => {
      const { folder, perServer, atOnce } = options
      const status = await withFleet(shell, async ({ app, keyring }) => {
        const tenants = await app.serviceAccess.tenants()
        const failures = await lastFailures(app.runs)
        const known = await readKnown(app)
        const found = await progressOf(shell, options).step('Asking the tenant databases', (detail) =>
          readFleetStatus({
            tenants,
            keyring,
            folder,
            failures,
            perServer,
            atOnce,
            onProgress: (done, total) => detail(`${done} of ${total}`),
          }),
        )
        return found.map((database) => withKnown(database, known))
      })
      printResult(shell, options, { data: status, text: (paint) => renderStatus(status, paint) })
      setExitCode(command, verdict(status))
    })
}

function verdict(status: DatabaseStatus[]): ExitCode {
  const current = status.filter(({ state }) => state === 'up to date').length
  if (current === status.length) return exitCode.ok
  return current > 0 ? exitCode.partlyFailed : exitCode.failed
}
