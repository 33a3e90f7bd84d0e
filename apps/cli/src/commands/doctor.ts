import { parseKeyring } from '@tenantry/credentials/keyring'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { Command } from 'commander'
import { findConfiguration, withAccess, type Access } from '../access.ts'
import { checkTenants, type TenantCheck } from '../check-tenant.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { lookAtFiles, sweepFilesOf, type FilesFinding } from '../look-at-files.ts'
import { lookAtSums, mendSumsOf, type SumsFinding } from '../look-at-sums.ts'
import { lookForLeftovers, sweep, unfinishedRuns, type Leftover, type UnfinishedRun } from '../look-for-leftovers.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'
import type { Sweeper } from '../sweep-run.ts'
import type { painter } from '../terminal.ts'
import { whatToDo } from '../what-to-do.ts'

interface DoctorOptions extends OutputOptions, WritingOptions {
  sweep?: boolean
}

interface Finding {
  name: string
  ok: boolean
  detail: string
  advice: string | null
}

export function doctorCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand(
      'doctor',
      'look at everything Tenantry stands on; exit code 3 when only tenants or leftovers are wrong',
      [
        'tenantry doctor',
        'tenantry doctor --json',
        'tenantry doctor --sweep     # remove databases, logins and files that belong to nothing any more, add up anew what is wrong',
      ],
    ),
  ).option('--sweep', 'remove what is left over and add up anew what is wrong; asks before it does')
  return command.action(async (options: DoctorOptions) => {
    const diagnosis = await progressOf(shell, options).step('Looking at everything', () => diagnose(shell))
    if (options.sweep && !options.dryRun) await sweepAll({ shell, command, options }, diagnosis)
    printResult(shell, options, { data: diagnosis, text: (paint) => render(diagnosis, paint) })
    setExitCode(command, verdict(diagnosis))
  })
}

/** Each asks for itself. */
async function sweepAll(sweeper: Sweeper, diagnosis: Diagnosis): Promise<void> {
  diagnosis.leftovers = await sweep(sweeper, diagnosis.leftovers)
  diagnosis.files = await sweepFilesOf(sweeper, diagnosis.files)
  diagnosis.sums = await mendSumsOf(sweeper, diagnosis.sums)
}

interface Diagnosis {
  findings: Finding[]
  tenants: TenantCheck[]
  /** Null where no servers file names servers to look at. */
  leftovers: Leftover[] | null
  /** Where files and their records differ; null where no place for files is configured. */
  files: FilesFinding[] | null
  sums: SumsFinding[]
  /** Long commands that were interrupted and can go on. */
  unfinished: UnfinishedRun[]
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
  if (!findings.every((finding) => finding.ok))
    return { findings, tenants: [], leftovers: null, files: null, sums: [], unfinished: [] }
  return await withAccess(shell, async (access) => ({
    findings: [...findings, await find(shell, 'Moves', () => describeMoves(access))],
    tenants: await checkTenants(access, shell.root),
    leftovers: await lookForLeftovers(shell, access),
    files: await lookAtFiles(access),
    sums: await lookAtSums(access),
    unfinished: await unfinishedRuns(access),
  }))
}

async function find(shell: Shell, name: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, detail: await check(), advice: null }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { name, ok: false, detail: `${error.code}: ${error.message}`, advice: whatToDo(shell.root, error.code) }
  }
}

/** Companies on their way, and what their streams keep of the log on the server of the application database. */
async function describeMoves({ app }: Access): Promise<string> {
  const { states, backlogBytes } = await app.transfers.overview()
  const megabytes = Math.ceil(backlogBytes / 1_000_000)
  if (backlogBytes > mostBacklogBytes) {
    throw new TenantryError('TRANSFER_INCOMPLETE', {
      message: `The server of the application database keeps ${megabytes} MB of its log for companies that move in. Switch them over, or remove what is given up.`,
    })
  }
  const onTheWay = (states.copying ?? 0) + (states.paused ?? 0)
  return `${onTheWay} on the way, ${states.moved ?? 0} done; ${megabytes} MB of the log kept for them`
}

/** As the alert of the monitoring guide has it. */
const mostBacklogBytes = 1_000_000_000

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

function verdict({ findings, tenants, leftovers, files, sums, unfinished }: Diagnosis): ExitCode {
  if (findings.some((finding) => !finding.ok)) return exitCode.failed
  const isWhole = [leftovers ?? [], files ?? [], sums, unfinished].every((list) => list.length === 0)
  return isWhole && tenants.every((tenant) => tenant.ok) ? exitCode.ok : exitCode.partlyFailed
}

function render(diagnosis: Diagnosis, paint: ReturnType<typeof painter>): string {
  const { findings, tenants, leftovers, files, sums, unfinished } = diagnosis
  const lines = [
    ...findings.map(({ name, ok, detail, advice }) => ({ name, ok, text: [detail, advice].filter(Boolean).join(' ') })),
    ...tenants.map((tenant) => ({
      name: `Tenant ${tenant.slug}`,
      ok: tenant.ok,
      text: tenant.ok
        ? `${tenant.address}, schema ${tenant.schemaVersion}, ${tenant.milliseconds} ms`
        : `${tenant.code}: ${tenant.message} ${tenant.advice}`,
    })),
    ...unfinished.map(({ kind, subject, startedBy, id }) => ({
      name: `Unfinished ${kind} ${subject}`,
      ok: false,
      text: `begun by ${startedBy}, run ${id}. Run the same command again to go on.`,
    })),
    ...(files ?? []).map((finding) => ({ name: `Files of ${finding.owner}`, ok: false, text: wordsOf(finding) })),
    ...sums.map(({ slug, wrong }) => ({
      name: `Sums of ${slug}`,
      ok: false,
      text: `${wrong} sums of the dashboard are not those of its opportunities. \`pnpm tenantry doctor --sweep\` adds them up anew.`,
    })),
    ...(leftovers ?? []).map(({ kind, name, host, port, slug }) => ({
      name: `Left over ${kind} ${name}`,
      ok: false,
      text: `at ${host}:${port}${slug === null ? '' : `, of ${slug}, which is not there`}.${kind === 'slot' ? ' It keeps the log of the application’s server, whose disk fills up.' : ''} \`pnpm tenantry doctor --sweep\` removes it.`,
    })),
  ]
  return lines
    .map(({ name, ok, text }) => `${ok ? paint('green', '✓') : paint('red', '✗')} ${paint('bold', name)}  ${text}`)
    .join('\n')
}

function wordsOf({ slug, missing, unnamed }: FilesFinding): string {
  if (slug === null) return 'belong to no tenant. `pnpm tenantry doctor --sweep` removes them.'
  const lost = missing === 0 ? '' : `${missing} records have no file: restore the files from a backup. `
  return `${lost}${unnamed === 0 ? '' : `${unnamed} files have no record: \`pnpm tenantry doctor --sweep\` removes them.`}`.trim()
}
