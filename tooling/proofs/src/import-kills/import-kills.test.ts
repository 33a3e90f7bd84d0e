import { openRuntime, type Runtime } from '@tenantry/api/runtime'
import { urlOf } from '@tenantry/connections/target'
import type { ImportBatch } from '@tenantry/contracts/imports'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sessionCookie } from '@tenantry/testing/session-cookie'
import type { World } from '@tenantry/testing/world'
import { openWorker } from '@tenantry/worker'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from '../crash-matrix/run-program.ts'
import { createWorkerWorld } from '../worker-world.ts'

type Slug = 'alder' | 'cypress'
const sessionSecret = 'a secret of at least thirty-two characters'
const origin = 'http://crm.example.test'
const workerProgram = fileURLToPath(new URL('../crash-matrix/programs/import-worker.ts', import.meta.url))
const logger = openLogger({ level: 'silent' })
const [rows, partRows] = [35, 10]
let world: World<Slug>
let runtime: Runtime
let appDatabaseUrl = ''

beforeAll(async () => {
  world = await createWorkerWorld()
  appDatabaseUrl = urlOf(world.appTarget)
  const settings = { appDatabaseUrl, keys: world.keys, sessionSecret, origin, trustedProxyHops: 0 }
  runtime = openRuntime({ ...settings, logLevel: 'silent' })
})
afterAll(async () => {
  await runtime.close()
  await world.close()
})

test.each([
  ['alder', 'account', 0, 2, 3],
  ['cypress', 'opportunity', rows, 3, 4],
] as const)(
  'a worker of %s that is killed in the middle of a file of the kind %s, while it imports and while it takes back, loses no row and doubles none',
  { timeout: 240_000 },
  async (slug, entity, opportunities, whileImporting, whileReverting) => {
    const caller = await memberOf(slug)
    if (entity === 'opportunity') await caller.pipelines.create(pipelineInput())
    const { id } = await planned(caller, slug, entity)
    const recordsNow = () => recordsOf(slug, tables[entity])
    const before = await recordsNow()
    await caller.imports.start({ id })
    await dying(whileImporting)
    const midway = await caller.imports.byId({ id })
    expect(midway).toMatchObject({ status: 'running', failed: 0 })
    // Whole parts, whether it died before a commit or behind it.
    expect([midway.created, (await recordsNow()).length - before.length]).toEqual([
      10 * Math.floor((whileImporting + 1) / 2),
      midway.created,
    ])
    expect(await working(caller, id)).toMatchObject({
      status: 'done',
      created: rows,
      failed: 0,
      updated: 0,
      skipped: 0,
    })
    const made = (await recordsNow()).filter(({ batch }) => batch === id)
    expect(made).toHaveLength(rows)
    expect(new Set(made.map(({ name }) => name)).size).toBe(rows)
    expect(made.every(({ lines }) => lines === 1)).toBe(true)
    expect(await sumOf(slug)).toEqual([{ count: opportunities, amount: String(opportunities * 150) }])

    await caller.imports.revert({ id })
    await dying(whileReverting)
    expect(await caller.imports.byId({ id })).toMatchObject({ status: 'reverting', kept: 0 })
    expect(await working(caller, id)).toMatchObject({ status: 'reverted', reverted: rows, kept: 0 })
    expect(await recordsNow()).toEqual(before)
    expect(await sumOf(slug)).toEqual([{ count: 0, amount: '0' }])
  },
)

test(
  'the work of somebody who was removed ends, says so, and is gone on with by somebody else',
  { timeout: 120_000 },
  async () => {
    const caller = await memberOf('alder', 'member')
    const { id } = await planned(caller, 'alder', 'account')
    await caller.imports.start({ id })
    const owner = await memberOf('alder')
    await owner.members.setStatus({ userId: world.tenants.alder.people.member.id, status: 'removed' })
    expect(await working(owner, id)).toMatchObject({ status: 'failed', reason: 'FORBIDDEN', created: 0 })
    await owner.imports.start({ id })
    expect(await working(owner, id)).toMatchObject({ status: 'done', reason: null, created: rows })
  },
)

type Caller = ReturnType<Runtime['callerFor']>

async function memberOf(slug: Slug, role: 'owner' | 'member' = 'owner'): Promise<Caller> {
  const session = await world.startSession(world.tenants[slug].people[role])
  return runtime.callerFor({ cookieHeader: sessionCookie(sessionSecret, session) })
}

const tables = { account: 'accounts', opportunity: 'opportunities' } as const

async function planned(caller: Caller, slug: Slug, entity: keyof typeof tables): Promise<ImportBatch> {
  const text = `name,amount\n${[...Array(rows).keys()].map((n) => `${slug} ${n},1.50`).join('\n')}\n`
  const contentBase64 = Buffer.from(text).toString('base64')
  const { id, mapping } = await caller.imports.upload({ entity, fileName: 'a.csv', contentBase64 })
  return caller.imports.setMapping({ id, mapping })
}

/** Runs a worker that kills itself at a point: before and behind each commit there is one. */
async function dying(killAt: number): Promise<void> {
  const { user, database, host, port, password } = world.appTarget
  const app = { host, port, database, user, password: password(), tls: 'off' }
  const died = await runProgram(workerProgram, { app, appDatabaseUrl, keys: world.keys, partRows }, killAt)
  expect([died.signal, died.points.length, died.complaint]).toEqual(['SIGKILL', killAt + 1, ''])
}

/** Runs a worker until the batch rests. */
async function working(caller: Caller, id: ImportBatch['id']): Promise<ImportBatch> {
  const { app, dataSources, keyring } = world
  const timing = { pollMs: 200, abandonedSeconds: 5, imports: { partRows } }
  await using _worker = await openWorker({
    app,
    dataSources,
    keyring,
    appDatabaseUrl,
    logger,
    ...timing,
  })
  const statusOf = async () => (await caller.imports.byId({ id })).status
  await expect.poll(statusOf, { timeout: 60_000, interval: 200 }).toMatch(/^(done|failed|reverted)$/)
  return caller.imports.byId({ id })
}

/** The records of a company, with the batch that they came with and how many lines of history each has. */
function recordsOf(slug: Slug, table: string) {
  const { admin, tenantIdInDataSource } = world.tenants[slug]
  return lookInto<{ name: string; batch: string | null; lines: number }>(
    admin,
    `select a.name, a.import_batch_id as batch, (select count(*) from crm.record_changes c
       where c.tenant_id = a.tenant_id and c.entity_id = a.id)::int as lines
     from crm.${table} a where a.tenant_id = $1 order by a.name, a.id`,
    [tenantIdInDataSource],
  )
}

/** What open opportunities come to, as it is kept added up. */
function sumOf(slug: Slug) {
  const { admin, tenantIdInDataSource } = world.tenants[slug]
  return lookInto<{ count: number; amount: string }>(
    admin,
    `select coalesce(sum(count), 0)::int as count, coalesce(sum(amount_minor), 0)::text as amount
     from crm.opportunity_sums where tenant_id = $1`,
    [tenantIdInDataSource],
  )
}
