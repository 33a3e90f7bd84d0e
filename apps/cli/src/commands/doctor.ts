import { parseKeyring } from '@tenantry/credentials/keyring'
import { isTenantryError } from '@tenantry/errors'
import type { Command } from 'commander'
import { findConfiguration, withAccess } from '../access.ts'
import { checkTenants, type TenantCheck } from '../check-tenant.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { newCommand, printResult, progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'
import type { painter } from '../terminal.ts'
import { whatToDo } from '../what-to-do.ts'

interface Finding {
  name: string
  ok: boolean
  detail: string
  advice: string | null
}

export function doctorCommand(shell: Shell): Command {
  const command = newCommand('doctor', 'look at everything Tenantry stands on; exit code 3 when only tenants fail', [
    'tenantry doctor',
    'tenantry doctor --json',
  ])
  return command.action(async (options: OutputOptions) => {
    const diagnosis = await progressOf(shell, options).step('Looking at everything', () => diagnose(shell))
    printResult(shell, options, { data: diagnosis, text: (paint) => render(diagnosis, paint) })
    setExitCode(command, verdict(diagnosis))
  })
}

interface Diagnosis {
  findings: Finding[]
  tenants: TenantCheck[]
}

/** From the ground up; what stands on something broken is not looked at. */
async function diagnose(shell: Shell): Promise<Diagnosis> {
  const findings: Finding[] = [await find(shell, 'Node.js', checkNode)]
  const look = async (name: string, check: () => Promise<string>) => {
    if (findings.every((finding) => finding.ok)) findings.push(await find(shell, name, check))
  }
  await look('Settings', () => Promise.resolve(describeSettings(shell)))
  await look('Keys', () => Promise.resolve(describeKeys(shell)))
  await look('Application database', () =>
    withAccess(shell, async ({ app }) => `schema ${(await app.schemaVersion()) ?? 'not migrated'}`),
  )
  const isSound = findings.every((finding) => finding.ok)
  return { findings, tenants: isSound ? await withAccess(shell, (access) => checkTenants(access, shell.root)) : [] }
}

async function find(shell: Shell, name: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, detail: await check(), advice: null }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { name, ok: false, detail: `${error.code}: ${error.message}`, advice: whatToDo(shell.root, error.code) }
  }
}

function checkNode(): Promise<string> {
  return Promise.resolve(`${process.version} on ${process.platform}-${process.arch}`)
}

function describeSettings(shell: Shell): string {
  const { source, target } = findConfiguration(shell)
  const from = source === 'demo' ? 'the running demo' : 'the environment'
  return `from ${from}: ${target.user} at ${target.host}:${target.port}/${target.database}`
}

function describeKeys(shell: Shell): string {
  const ids = parseKeyring(findConfiguration(shell).keys).ids
  return `${ids.join(', ')}; ${ids[0]} seals`
}

function verdict({ findings, tenants }: Diagnosis): ExitCode {
  if (findings.some((finding) => !finding.ok)) return exitCode.failed
  return tenants.every((tenant) => tenant.ok) ? exitCode.ok : exitCode.partlyFailed
}

function render({ findings, tenants }: Diagnosis, paint: ReturnType<typeof painter>): string {
  const lines = [
    ...findings.map(({ name, ok, detail, advice }) => ({ name, ok, text: [detail, advice].filter(Boolean).join(' ') })),
    ...tenants.map((tenant) => ({
      name: `Tenant ${tenant.slug}`,
      ok: tenant.ok,
      text: tenant.ok
        ? `${tenant.address}, schema ${tenant.schemaVersion}, ${tenant.milliseconds} ms`
        : `${tenant.code}: ${tenant.message} ${tenant.advice}`,
    })),
  ]
  return lines
    .map(({ name, ok, text }) => `${ok ? paint('green', '✓') : paint('red', '✗')} ${paint('bold', name)}  ${text}`)
    .join('\n')
}
