import { openAppDb } from '@tenantry/app-db/open'
import { parseTarget } from '@tenantry/connections/target'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { planImport } from '@tenantry/crm/plan-import'
import { stageFile } from '@tenantry/crm/stage-file'
import { workOnImport, type ImportDesk } from '@tenantry/crm/work-on-import'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { readProgramInput } from '../program-input.ts'
import { sendResult } from '../run-program.ts'
import { columns, fileOf, lines, type ImportInput, type ImportMeasured } from './input.ts'

/** One way to bring all rows in, in a process of its own, so that its memory is its own too. */
const { imported } = readProgramInput()

await sendResult(async (): Promise<ImportMeasured> => {
  if (imported === undefined) throw new Error('nothing is said about the import')
  const peak = watchMemory()
  const times = imported.way === 'bare' ? await copyRows(imported) : await importFile(imported)
  return { ...times, peakMb: peak() }
})

type Times = Omit<ImportMeasured, 'peakMb'>

/** The code of the request and of the job, on the handles that they get. */
async function importFile({ appDatabaseUrl, keys, slug, rows }: ImportInput): Promise<Times> {
  const { user = '', password = '', ...address } = parseTarget(appDatabaseUrl)
  await using app = openAppDb({ target: { ...address, user, password: () => password } })
  const dataSources = openDataSources({
    appDb: app.db,
    keyring: parseKeyring(keys),
    logger: openLogger({ level: 'silent' }),
  })
  const why = { reason: 'bench', access: 'write', requestId: 'bench' } as const
  let held = { grant: await app.grants.forSystem('bench', slug, why), since: performance.now() }
  const grant = async () => {
    if (performance.now() - held.since > 10_000)
      held = { grant: await app.grants.forSystem('bench', slug, why), since: performance.now() }
    return held.grant
  }
  const desk: ImportDesk = {
    read: async (work) => dataSources.withTenant(await grant(), work),
    write: async (work) => dataSources.withTenantWriter(await grant(), work),
  }
  try {
    const begun = performance.now()
    const staging = { write: desk.write, announce: () => Promise.resolve(), maxBytes: 1 << 30, body: fileOf(rows) }
    const { id, mapping } = await stageFile(staging, { entity: 'account', fileName: 'bench.csv' })
    await desk.write((db) => planImport(db, { id, mapping, dedupe: { rule: 'none' } }))
    const uploaded = performance.now()
    const work = async (status: 'running' | 'reverting') => {
      const workId = randomUUID()
      await desk.write((db) => db.imports.ask(id, status, workId))
      await workOnImport(desk, { batchId: id, workId, partRows: 1_000, turnMs: Infinity })
    }
    await work('running')
    const done = performance.now()
    await work('reverting')
    const reverted = performance.now()
    const batch = await desk.read((db) => db.imports.byId(id))
    if (batch.created !== rows || batch.reverted !== rows) throw new Error(`${batch.created} rows of ${rows}`)
    return {
      seconds: (done - uploaded) / 1_000,
      uploadSeconds: (uploaded - begun) / 1_000,
      revertSeconds: (reverted - done) / 1_000,
    }
  } finally {
    await dataSources.close()
  }
}

/** The same rows into the same table, as a superuser, past row security, and without history. */
async function copyRows({ adminUrl, tenantIdInDataSource, rows }: ImportInput): Promise<Times> {
  const sql = postgres(adminUrl, { max: 1 })
  try {
    const begun = performance.now()
    const into = await sql
      .unsafe(`copy crm.accounts (tenant_id, ${columns.join(', ')}) from stdin with (format csv)`)
      .writable()
    await pipeline(Readable.from(piecesOf(tenantIdInDataSource, rows)), into)
    return { seconds: (performance.now() - begun) / 1_000, uploadSeconds: 0, revertSeconds: 0 }
  } finally {
    await sql.end()
  }
}

function* piecesOf(tenantId: string, rows: number): Generator<Buffer> {
  let text = ''
  for (const line of lines(rows)) {
    text += `${tenantId},${line}\n`
    if (text.length < 65_536) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

/** Resident memory of the process at its highest. */
function watchMemory(): () => number {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 50)
  return () => {
    clearInterval(timer)
    look()
    return peak / 1_000_000
  }
}
