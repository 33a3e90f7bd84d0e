import { createAppDatabase } from '@tenantry/testing/app-database'
import { lookInto } from '@tenantry/testing/look-into'
import { generateKey } from '@tenantry/credentials/keyring'
import { mainServer } from '@tenantry/vitest-config/servers'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureLegacyTables, movingCompanyId } from './demo/legacy-company.ts'
import { run } from './shell.fixture.ts'
import { checkoutRoot } from './shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-move-'))
let database: Awaited<ReturnType<typeof createAppDatabase>>
let env: Record<string, string>
beforeAll(async () => {
  database = await createAppDatabase(mainServer())
  await ensureLegacyTables(database.admin)
  const { host, port, user, password } = mainServer()
  const login = (name: string, secret: string, place: string) =>
    `postgres://${name}:${encodeURIComponent(secret)}@${host}:${port}/${place}?sslmode=disable`
  const servers = join(folder, 'servers.json')
  const file = {
    application: login(user, password, database.admin.database),
    servers: { main: { url: login(user, password, 'postgres'), region: 'test' } },
  }
  writeFileSync(servers, JSON.stringify(file), { mode: 0o600 })
  env = {
    APP_DATABASE_URL: login(database.app.user, database.app.password(), database.admin.database),
    TENANTRY_KEYS: `k1:${generateKey()}`,
    TENANTRY_SERVERS_FILE: servers,
  }
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.drop()
})

/** The commands of the runbook in their order, as somebody would type them. */
function commandsOf(path: string): string[][] {
  const text = readFileSync(join(checkoutRoot, path), 'utf8')
  return [...text.matchAll(/^pnpm tenantry (.+)$/gm)].map(([, line = '']) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, inQuotes, plain]) => inQuotes ?? plain ?? ''),
  )
}

async function answer(args: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await run([...args, '--json'], { env })
  expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' })
  return JSON.parse(out) as Record<string, unknown>
}

test('the runbook moves a company in: each of its commands does what it says', async () => {
  const [create = [], plan = [], move = [], verify = [], cutover = [], status = [], check = [], rollback = []] =
    commandsOf('docs/runbooks/move-a-company-in.md')
  await answer(create)
  expect(plan).toContain(movingCompanyId)
  expect(await answer(plan)).toMatchObject({ rows: 253, isOnline: true })
  expect(await answer([...move, '--dry-run'])).toMatchObject({ dryRun: true, rows: 253 })
  expect(await answer(move)).toMatchObject({ isWhole: true, isOnline: true })
  expect(await answer(move)).toMatchObject({ isWhole: true, copied: 0, changed: 0 })
  expect(await answer(verify)).toMatchObject({ ok: true, differences: [] })
  const { pausedMs, tables } = await answer(cutover)
  expect(pausedMs).toEqual(expect.any(Number))
  expect(tables).toEqual(
    expect.arrayContaining([
      { table: 'accounts', rows: 13 },
      { table: 'contacts', rows: 9 },
      { table: 'opportunities', rows: 49 },
      { table: 'events', rows: 6 },
    ]),
  )
  expect(await answer(status)).toMatchObject({ inCharge: 'the tenant database' })
  await answer(check)
  expect(await answer(cutover)).toMatchObject({ pausedMs: null })
  expect(await answer(rollback)).toMatchObject({ discarded: 0 })
  expect(await answer(status)).toMatchObject({ inCharge: 'the old system' })
})

test('a difference is named, and is exit code 1', async () => {
  const place = { ...database.admin, database: 'harbor' }
  await lookInto(place, `update crm.opportunities set amount_minor = amount_minor + 1 where name like '%no. 7'`)
  const { code, out } = await run(['transfer', 'verify', 'harbor', '--json'], { env })
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    differences: [{ table: 'opportunities', kind: 'different', columns: ['amount_minor'] }],
  })
  const watched = await run(['transfer', 'verify', 'harbor'], { env })
  expect(watched).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^Run [0-9a-f-]{36}$[^]*\d of 253\b/m) as string,
  })
  const journal = await lookInto(
    database.admin,
    `select status, finished_at is not null as ended from app.runs where kind = 'transfer.verify' order by id desc limit 2`,
  )
  expect(journal).toEqual([
    { status: 'failed', ended: true },
    { status: 'failed', ended: true },
  ])
  const repaired = await answer(['transfer', 'run', 'harbor'])
  expect(repaired).toMatchObject({ isWhole: true })
  expect(await answer(['transfer', 'verify', 'harbor'])).toMatchObject({ ok: true })
})

test('nothing is switched over without being asked, and a wrong slug discards nothing', async () => {
  expect(await run(['transfer', 'cutover', 'harbor'], { env })).toMatchObject({ code: 4 })
  expect(await run(['transfer', 'rollback', 'harbor', '--yes', '--discard', 'acme'], { env })).toMatchObject({
    code: 4,
  })
  expect(await run(['transfer', 'plan', 'harbor', '--form', 'x'], { env })).toMatchObject({ code: 2 })
  const unknown = await run(['transfer', 'plan', 'nobody'], { env })
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('NOT_FOUND') as string })
})

const ask = (text: string, parameters: unknown[] = []) => lookInto(database.admin, text, parameters)
const countOld = async () => (await ask('select from public.accounts where tenant_id = $1', [movingCompanyId])).length
const streams = () =>
  ask(`select slot_name::text as name from pg_replication_slots where database = current_database() and slot_name like 'tenantry_%'
       union all select pubname from pg_publication`)
const remove = (exportTo: string) =>
  answer(['tenant', 'delete', 'harbor', '--confirm', 'harbor', '--export-to', join(folder, exportTo)])

test('a company that is removed while it moves in goes on in the old system, and nothing keeps the log for it', async () => {
  expect(await streams()).toHaveLength(2)
  await remove('while-it-moved')
  expect(await streams()).toEqual([])
  expect(await countOld()).toBe(13)
})

test('of a company that had moved in its removal leaves no old row that anybody could see again', async () => {
  const [create = [], , move = [], , cutover = []] = commandsOf('docs/runbooks/move-a-company-in.md')
  await answer(create)
  await answer(move)
  await answer(cutover)
  await remove('when-it-had-moved')
  expect(await countOld()).toBe(0)
  expect(await ask('select from app.transfers')).toEqual([])
})

test('doctor finds what keeps the log for nobody, and sweeps it', async () => {
  const prefix = createHash('sha256').update(database.admin.database).digest('hex').slice(0, 12)
  const name = `tenantry_${prefix}_${'0a'.repeat(16)}`
  await ask(`select pg_create_logical_replication_slot($1, 'pgoutput')`, [name])
  await ask(`create publication ${name} for table public.accounts`)
  const said = await run(['doctor', '--json'], { env })
  const { leftovers } = JSON.parse(said.out) as { leftovers: { kind: string; name: string }[] }
  expect(leftovers.filter((leftover) => leftover.name === name).map(({ kind }) => kind)).toEqual([
    'publication',
    'slot',
  ])
  await run(['doctor', '--sweep', '--yes', '--json'], { env })
  expect(await streams()).toEqual([])
})
