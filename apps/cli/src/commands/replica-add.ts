import { parseTarget } from '@tenantry/connections/target'
import type { DataSourceHealth } from '@tenantry/contracts/data-source-health'
import type { Command } from 'commander'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { withAccess } from '../access.ts'
import { exitCode, Refusal } from '../exit-code.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, setExitCode, type OutputOptions, type Shell } from '../shell.ts'

interface AddOptions extends OutputOptions, WritingOptions {
  region: string
  urlFile?: string
}

export function replicaAddCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand(
      'add',
      "let a standby of a tenant's database answer reads, and look how it is; exit code 3 when it is not fit",
      [
        'echo postgres://standby.example.com:5432/acme | tenantry replica add acme --region us',
        'tenantry replica add acme --region us --url-file standby.txt',
      ],
    ),
  )
  return command
    .argument('<slug>')
    .requiredOption('--region <region>', 'where it runs; processes of the same region read there')
    .option('--url-file <path>', 'a file whose first line is the address; without it, standard input')
    .action(async (slug: string, options: AddOptions) => {
      const { region, dryRun = false } = options
      const url = await readAddress(shell, options)
      const found = await withAccess(shell, async ({ app, dataSources, operatorName }) => {
        if (dryRun) return await app.replicas.assertFits(slug, { url, region })
        await app.replicas.add(operatorName, slug, { url, region })
        const why = { reason: 'tenantry replica add', access: 'read', requestId: randomUUID() } as const
        const { finding } = await dataSources.examine(await app.grants.forOperator(operatorName, slug, why))
        await app.health.record(slug, finding)
        return finding
      })
      const { host, port } = parseTarget(url)
      const replica = found?.replicas.find(({ address }) => address === `${host}:${port}`)
      const data = { dryRun, slug, region, replica: replica ?? null }
      printResult(shell, options, { data, text: () => sentenceOf(slug, dryRun, replica) })
      if (!dryRun && replica?.state !== 'healthy') setExitCode(command, exitCode.partlyFailed)
    })
}

/** Never an argument: an address that holds a password by mistake would be seen by every process of the machine. */
async function readAddress({ terminal }: Shell, { urlFile }: AddOptions): Promise<string> {
  const text = urlFile === undefined ? await fromInput(terminal) : readFileSync(urlFile, 'utf8')
  const line = text.split(/\r?\n/)[0]?.trim() ?? ''
  if (line === '') throw new Refusal('Give the address, postgres://host:port/database, on standard input or in a file.')
  return line
}

function fromInput(terminal: Shell['terminal']): Promise<string> {
  if (!terminal.inIsScreen) return terminal.readInput()
  throw new Refusal('Give the address on standard input (`< file`) or with --url-file.')
}

function sentenceOf(slug: string, dryRun: boolean, replica: DataSourceHealth['replicas'][number] | undefined): string {
  if (dryRun) return 'It would be a replica. Nothing was done.'
  if (replica?.state === 'healthy')
    return `${slug} has a replica at ${replica.address}: it is healthy and answers reads.`
  return `${slug} has the replica, and it cannot answer reads now: ${replica?.state ?? 'it was not looked at'}. \`pnpm tenantry tenant check ${slug}\` looks again.`
}
