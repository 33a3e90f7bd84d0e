import { openAppDb } from '@tenantry/app-db/open'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { cutOver } from '@tenantry/tenant-transfer/cutover'
import { runTransfer } from '@tenantry/tenant-transfer/run'
import { verifyTransfer } from '@tenantry/tenant-transfer/verify'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { readProgramInput } from '../program-input.ts'
import { sendResult } from '../run-program.ts'
import type { TransferInput, TransferMeasured } from './input.ts'

/** One way to move or compare all rows, in a process of its own, so that its memory is its own too. */
const { transfer } = readProgramInput()

await sendResult(async (): Promise<TransferMeasured> => {
  if (transfer === undefined) throw new Error('nothing is said about the transfer')
  const peak = watchMemory()
  const begun = performance.now()
  const more = await go(transfer)
  return { seconds: (performance.now() - begun) / 1000, peakMb: peak(), ...more }
})

type More = Pick<TransferMeasured, 'pausedMs' | 'pauseSteps'>

function go(input: TransferInput): Promise<More | void> {
  switch (input.way) {
    case 'transfer':
      return withOptions(input, async (options) => {
        const run = await runTransfer(options)
        if (run.copied !== input.rows) throw new Error(`${run.copied} rows were copied`)
      })
    case 'verify':
      return withOptions(input, async (options) => {
        const { ok } = await verifyTransfer(options)
        if (!ok) throw new Error('both sides differ')
      })
    case 'cutover':
      return withOptions(input, async (options) => {
        const { pausedMs, pauseSteps } = await cutOver({ ...options, applicationRole: input.applicationRole })
        return { pausedMs, pauseSteps }
      })
    case 'bare':
      return pipeRows(input)
  }
}

type Options = Parameters<typeof runTransfer>[0]

async function withOptions<T>(input: TransferInput, work: (options: Options) => Promise<T>): Promise<T> {
  const { appLogin, source, keys, slug, legacyTenantId } = input
  await using app = openAppDb({ target: withPassword(appLogin) })
  return await work({
    transfers: app.transfers,
    keyring: parseKeyring(keys),
    source: withPassword(source),
    operatorName: 'bench',
    slug,
    legacyTenantId,
  })
}

function withPassword(login: TransferInput['source']) {
  const { password, ...address } = login
  return { ...address, tls: 'off' as const, password: () => password }
}

/** What somebody writes who needs it once: as superusers, past row security, without a look at what does not fit. */
async function pipeRows({ source, target, legacyTenantId, tenantIdInDataSource }: TransferInput): Promise<void> {
  const from = postgres({ ...source, max: 1 })
  const to = postgres({ ...target, max: 1 })
  const columns = [
    'id',
    'name',
    'website',
    'industry',
    'description',
    'created_at',
    'updated_at',
    'billing_line1',
    'billing_city',
    'billing_region',
    'billing_postal_code',
  ]
  const query = `select '${tenantIdInDataSource}', id, name, website, industry, notes, created_at, updated_at, billing_street, billing_city, billing_state, billing_zip
    from public.accounts where tenant_id = '${legacyTenantId}'`
  const reading = await from.unsafe(`copy (${query}) to stdout`).readable()
  const writing = await to.unsafe(`copy crm.accounts (tenant_id, ${columns.join(', ')}) from stdin`).writable()
  await pipeline(reading, writing)
  await Promise.all([from.end(), to.end()])
}

function watchMemory(): () => number {
  let most = 0
  const look = () => (most = Math.max(most, process.memoryUsage.rss()))
  const timer = setInterval(look, 20)
  return () => {
    look()
    clearInterval(timer)
    return Math.round(most / 2 ** 20)
  }
}
