import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { checkTenant, checkTenants, type TenantCheck } from '../check-tenant.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { newCommand, printResult, progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'
import { paintState } from '../health-words.ts'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'

export function tenantCheckCommand(shell: Shell): Command {
  const command = newCommand('check', 'connect to tenant databases and say how each is; exit code 3 when some fail', [
    'tenantry tenant check',
    'tenantry tenant check acme',
    'tenantry tenant check --json | jq ".[] | select(.ok | not)"',
  ])
  return command
    .argument('[slug]', 'one tenant; without it, all that are not archived')
    .action(async (slug: string | undefined, options: OutputOptions) => {
      const checks = await progressOf(shell, options).step('Checking tenant databases', (detail) =>
        withAccess(shell, async (access) =>
          slug === undefined ? checkTenants(access, shell.root, detail) : [await checkTenant(access, slug, shell.root)],
        ),
      )
      printResult(shell, options, { data: checks, text: (paint) => renderChecks(checks, paint) })
      setExitCode(command, verdict(checks))
    })
}

function verdict(checks: TenantCheck[]): ExitCode {
  if (checks.every((check) => check.ok)) return exitCode.ok
  return checks.some((check) => check.ok) ? exitCode.partlyFailed : exitCode.failed
}

export function renderChecks(checks: TenantCheck[], paint: ReturnType<typeof painter>): string {
  const table = renderTable(
    ['TENANT', '', 'DATABASE', 'IDENTITY', 'SCHEMA', 'POSTGRES', 'TIME'].map((head) => paint('dim', head)),
    checks.map((check) => [
      paint('bold', check.slug),
      check.ok ? paintState(check.state, paint) : paint('red', check.code ?? 'failed'),
      check.address ?? '-',
      check.identity,
      check.schemaVersion ?? '-',
      check.serverVersion ?? '-',
      check.milliseconds === null ? '-' : `${check.milliseconds} ms`,
    ]),
  )
  const advice = checks
    .filter((check) => check.message !== null)
    .map((check) => `${paint('bold', check.slug)}: ${[check.message, check.advice].filter(Boolean).join(' ')}`)
  return [table, ...(advice.length > 0 ? ['', ...advice] : [])].join('\n')
}
