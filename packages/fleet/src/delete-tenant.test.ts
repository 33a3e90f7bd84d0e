import { removeTenant } from '@tenantry/app-db/remove-tenant'
import { once } from '@tenantry/files/examine'
import { fileKey, previewKey } from '@tenantry/files/file-key'
import { openFolderStore } from '@tenantry/files/folder-store'
import { accountInput } from '@tenantry/testing/factories/account'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewTenantInput } from '@tenantry/contracts/new-tenant'
import { claimDeletion } from './claim-run.ts'
import { deleteTenant, deleteTenantKind, type DeleteTenantOptions } from './delete-tenant.ts'
import { operatorGrant, stageFleet, type FleetStage } from './stage.fixture.ts'

let stage: FleetStage
const scratch = mkdtempSync(join(tmpdir(), 'fleet-test-'))
beforeAll(async () => {
  stage = await stageFleet()
})
afterAll(async () => {
  rmSync(scratch, { recursive: true, force: true })
  await stage.close()
})

const files = openFolderStore(join(scratch, 'store'))
const folderOf = (slug: string) => join(scratch, slug)

const databasesOf = ({ database }: Pick<NewTenantInput, 'database'>) =>
  stage.ask('postgres', 'select from pg_database where datname = $1', [database])

type Changes = Partial<Pick<DeleteTenantOptions, 'withoutDatabase' | 'exportFolder' | 'onProgress' | 'adminAt'>>

async function remove({ slug }: Pick<NewTenantInput, 'slug'>, changes: Changes = {}) {
  const { app, adminAt, appAdmin } = stage
  const { withoutDatabase = false } = changes
  await using run = await claimDeletion(app, { slug, input: { withoutDatabase }, startedBy: 'ines' })
  const deleted = await deleteTenant({
    app,
    adminAt,
    appAdmin,
    operatorName: 'ines',
    slug,
    run,
    withoutDatabase: false,
    endTransfer: () => Promise.resolve({}),
    files,
    exportFolder: folderOf(slug),
    ...changes,
  })
  await run.finish('done')
  return deleted
}

async function addAccounts(slug: string, count: number) {
  const grant = await operatorGrant(stage, slug)
  await stage.dataSources.withTenantWriter(grant, async (db) => {
    // Whatever of it is added up leaves lines of its own.
    await db.pipelines.create(pipelineInput())
    await db.opportunities.create(opportunityInput())
    for (let n = 0; n < count; n++) await db.accounts.create(accountInput({ name: `Account ${n}` }))
  })
}

/** Where any of these words stands in any table of a database, as its superuser sees it. */
async function placesOf(database: string, words: string[], except: string[]): Promise<string[]> {
  const tables = await stage.ask(
    database,
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('app', 'crm')`,
  )
  const places: string[] = []
  for (const { name } of tables as { name: string }[]) {
    if (except.includes(name)) continue
    const found = await stage.ask(
      database,
      `select from ${name} t where ${words.map((_, n) => `to_jsonb(t)::text like '%' || $${n + 1} || '%'`).join(' or ')}`,
      words,
    )
    if (found.length > 0) places.push(name)
  }
  return places
}

test.each(['dedicated', 'shared'] as const)(
  'after its deletion nothing is left of a company: %s',
  async (placement) => {
    const neighbour = stage.input({ placement: 'shared' })
    const input = stage.input(placement === 'shared' ? { placement, database: neighbour.database } : {})
    await stage.create(neighbour)
    const { plan } = await stage.create(input)
    await addAccounts(input.slug, 3)
    await addAccounts(neighbour.slug, 2)
    const { exported } = await remove(input)

    expect(exported).toMatchObject({ folder: folderOf(input.slug) })
    const words = [plan.tenantId, plan.tenantIdInDataSource, input.slug, input.owner.email]
    const evidence = ['app.audit_log', 'app.runs', 'app.run_units']
    expect(await placesOf(stage.appAdmin.database, words, evidence)).toEqual([])
    const roles = [plan.appRole, plan.serviceRole, ...(placement === 'dedicated' ? [plan.ownerRole] : [])]
    expect(await stage.ask('postgres', 'select from pg_roles where rolname = any($1)', [roles])).toEqual([])
    const left =
      placement === 'dedicated'
        ? await stage.ask('postgres', 'select from pg_database where datname = $1', [input.database])
        : await placesOf(input.database, words, [])
    expect(left).toEqual([])
    // The neighbour has lost nothing.
    const grant = await operatorGrant(stage, neighbour.slug)
    const page = await stage.dataSources.withTenant(grant, (db) =>
      db.accounts.list({ show: 'active', order: 'asc', limit: 10, sort: 'name', filters: {} }),
    )
    expect(page.rows).toHaveLength(2)
    const [entry] = await stage.ask(
      stage.appAdmin.database,
      `select actor_name, subject from app.audit_log where action = 'tenant.deleted' and tenant_id = $1`,
      [plan.tenantId],
    )
    expect(entry).toEqual({ actor_name: 'ines', subject: input.slug })
  },
)

test('the export has every row of the company and of nobody else, and only its owner may read it', async () => {
  const neighbour = stage.input({ placement: 'shared' })
  const input = stage.input({ placement: 'shared', database: neighbour.database })
  await stage.create(neighbour)
  await stage.create(input)
  await addAccounts(input.slug, 1_201)
  await addAccounts(neighbour.slug, 1)
  // A million rows are not removed within the minute that an administrator's statement has otherwise.
  await stage.ask(
    input.database,
    `create function public.assert_patience() returns trigger language plpgsql as $$ begin
       assert (select setting::bigint from pg_settings where name = 'statement_timeout') > 3600000;
       return old;
     end $$;
     create trigger patience before delete on crm.accounts for each row execute function public.assert_patience()`,
  )
  await remove(input)
  const folder = folderOf(input.slug)
  const lines = readFileSync(join(folder, 'accounts.jsonl'), 'utf8').trimEnd().split('\n')
  const names = lines.map((line) => (JSON.parse(line) as { name: string }).name)
  expect(new Set(names).size).toBe(1_201)
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    tables: { table: string; rows: number }[]
  }
  expect(manifest.tables).toContainEqual(expect.objectContaining({ table: 'accounts', rows: 1_201 }))
  expect(manifest.tables.map(({ table }) => `${table}.jsonl`).toSorted()).toEqual(
    readdirSync(folder)
      .filter((file) => file !== 'manifest.json')
      .toSorted(),
  )
  expect(statSync(folder).mode & 0o077).toBe(0)
  expect(statSync(join(folder, 'accounts.jsonl')).mode & 0o077).toBe(0)
  await remove(neighbour)
})

test('the files of a company leave with it, into its export, and a neighbour keeps theirs', async () => {
  const neighbour = stage.input({ placement: 'shared' })
  const input = stage.input({ placement: 'shared', database: neighbour.database })
  const [theirs, ours] = [await stage.create(neighbour), await stage.create(input)]
  const key = fileKey('attachments', randomUUID())
  for (const { plan } of [theirs, ours]) {
    await files.of(plan.tenantId).put(key, once(Buffer.from(plan.tenantId)))
    await files.of(plan.tenantId).put(previewKey(key), once(Buffer.from('small')))
  }
  await remove(input)
  const exported = join(folderOf(input.slug), 'files')
  expect(readdirSync(exported)).toEqual([key.split('/')[1]])
  expect(readFileSync(join(exported, key.split('/')[1] ?? ''), 'utf8')).toBe(ours.plan.tenantId)
  expect(await files.of(ours.plan.tenantId).get(key)).toBeUndefined()
  expect(readdirSync(join(scratch, 'store'))).toEqual([theirs.plan.tenantId])
  await remove(neighbour)
})

test('an administrator from whom row security would hide the rows is refused instead of exporting nothing', async () => {
  const input = stage.input()
  const { plan } = await stage.create(input)
  await stage.ask(
    'postgres',
    `create role half_admin login createdb createrole password 'half'; grant "${plan.ownerRole}" to half_admin`,
  )
  const half = { ...stage.server, user: 'half_admin', password: () => 'half' }
  await stage.ask(input.database, `grant connect on database "${input.database}" to half_admin`)
  const { app, appAdmin } = stage
  await using run = await app.runs.start({ kind: deleteTenantKind, subject: input.slug, input: {}, startedBy: 'ines' })
  const attempt = deleteTenant({
    app,
    appAdmin,
    operatorName: 'ines',
    slug: input.slug,
    run,
    withoutDatabase: false,
    endTransfer: () => Promise.resolve({}),
    files,
    adminAt: () => half,
    exportFolder: folderOf(input.slug),
  })
  await expect(attempt).rejects.toMatchObject({ name: 'TenantryError' })
  expect(existsSync(folderOf(input.slug))).toBe(false)
  expect(await stage.ask(input.database, 'select count(*)::int as n from crm.pipelines')).toEqual([{ n: 1 }])
  await run.finish('failed')
  await remove(input)
  await stage.ask('postgres', 'drop owned by half_admin; drop role half_admin')
})

test('a company whose server is gone for good is forgotten without it, when that is asked for', async () => {
  const input = stage.input()
  await stage.create(input)
  const { host, port } = stage.server
  const unreached = [`${host}:${port}/${input.database}`]
  expect(await remove(input, { withoutDatabase: true })).toMatchObject({ exported: undefined, unreached })
  expect(await stage.app.db.tenants.findForOperator(input.slug)).toBeUndefined()
  expect(await databasesOf(input)).toHaveLength(1)
})

test.each(['without database', 'record'])(
  'a deletion without the database, killed at «%s» and repeated with it, removes the database too',
  async (step) => {
    const input = stage.input()
    const { plan } = await stage.create(input)
    await addAccounts(input.slug, 2)
    const killed = remove(input, { withoutDatabase: true, ...dyingAt(step) })
    await expect(killed).rejects.toThrow('killed')
    if (step === 'record') await removeTenant(stage.appAdmin, 'ines', plan.tenantId)
    expect(await databasesOf(input)).toHaveLength(1)
    expect(await remove(input)).toMatchObject({ exported: { folder: folderOf(input.slug) }, unreached: [] })
    expect(
      readFileSync(join(folderOf(input.slug), 'accounts.jsonl'), 'utf8')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(2)
    expect(await databasesOf(input)).toEqual([])
    expect(await stage.ask('postgres', 'select from pg_roles where rolname = $1', [plan.appRole])).toEqual([])
    expect(await stage.app.db.tenants.findForOperator(input.slug)).toBeUndefined()
  },
)

test('a deletion with the database, killed and repeated without it, says which database it leaves, and the opposite again removes it', async () => {
  const input = stage.input()
  await stage.create(input)
  await expect(remove(input, dyingAt('export'))).rejects.toThrow('killed')
  await expect(remove(input, { withoutDatabase: true, ...dyingAt('transfer') })).rejects.toThrow('killed')
  const [left] = await stage.app.runs.detailsOf(deleteTenantKind, 'without database')
  expect(left?.detail).toEqual({ databases: [expect.stringContaining(`/${input.database}`) as string] })
  expect(await databasesOf(input)).toHaveLength(1)
  expect(await remove(input)).toMatchObject({ exported: { folder: folderOf(input.slug) }, unreached: [] })
  expect(await databasesOf(input)).toEqual([])
})

test('somebody who works for another company too keeps their account', async () => {
  const first = stage.input()
  await stage.create(first)
  await stage.create(stage.input({ owner: first.owner }))
  await remove(first)
  expect(await stage.app.db.users.findCredential(first.owner.email)).toBeDefined()
})

/** Goes as far as this step and no further, as when the process is killed there. */
const dyingAt = (step: string) => ({
  onProgress: (name: string) => {
    if (name === step) throw new Error(`killed at ${step}`)
  },
})

test('a folder that has something in it is not exported over, and nothing is closed because of it', async () => {
  const input = stage.input()
  const { plan } = await stage.create(input)
  const folder = folderOf(input.slug)
  mkdirSync(folder)
  // The whole export of a company that had the slug before.
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ slug: input.slug, run: randomUUID() }))
  await expect(remove(input)).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'exportFolder' } })
  expect(await stage.app.db.tenants.findForOperator(input.slug)).toMatchObject({ id: plan.tenantId, status: 'active' })
  expect(readdirSync(folder)).toEqual(['manifest.json'])

  const free = `${folder}-free`
  await expect(remove(input, { exportFolder: free, ...dyingAt('database') })).rejects.toThrow('killed')
  expect(existsSync(join(free, 'pipelines.jsonl'))).toBe(true)
  // Going on with another folder, which is not free either, leaves both as they are.
  await expect(remove(input)).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await remove(input, { exportFolder: free })).toMatchObject({ exported: { folder: free } })
  expect(readdirSync(folder)).toEqual(['manifest.json'])
})

test('what two deletions write to one folder at once is kept of the first and refused of the second', async () => {
  const [first, second] = [stage.input(), stage.input()]
  await stage.create(first)
  await stage.create(second)
  const exportFolder = folderOf('both')
  // It found the folder free.
  await expect(remove(second, { exportFolder, ...dyingAt('export') })).rejects.toThrow('killed')
  await remove(first, { exportFolder })
  await expect(remove(second, { exportFolder })).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(JSON.parse(readFileSync(join(exportFolder, 'manifest.json'), 'utf8'))).toMatchObject({ slug: first.slug })
  await remove(second, { exportFolder: `${exportFolder}-2` })
})

test('a database in which somebody else lives as well is not dropped, whenever they came', async () => {
  const input = stage.input()
  const { plan } = await stage.create(input)
  const livesThere = (id: string) =>
    stage.ask(input.database, 'update crm.identity set tenant_id = $1 where role = $2', [id, plan.serviceRole])
  const refused = { code: 'CONFLICT', data: { field: 'database' } }
  await livesThere(randomUUID())
  await expect(remove(input)).rejects.toMatchObject(refused)
  expect(await stage.app.db.tenants.findForOperator(input.slug)).toMatchObject({ status: 'active' })

  await livesThere(plan.tenantIdInDataSource)
  await expect(remove(input, dyingAt('database'))).rejects.toThrow('killed')
  await livesThere(randomUUID())
  await expect(remove(input)).rejects.toMatchObject(refused)
  expect(await stage.ask('postgres', 'select from pg_database where datname = $1', [input.database])).toHaveLength(1)
  await livesThere(plan.tenantIdInDataSource)
  await remove(input)
})

test('a company whose server is lost in the middle of its deletion is forgotten without it', async () => {
  const input = stage.input()
  const { plan } = await stage.create(input)
  await expect(remove(input, dyingAt('database'))).rejects.toThrow('killed')
  const adminAt = () => ({ ...stage.server, port: 1 })
  await expect(remove(input, { adminAt })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
  // The rows had come out before that.
  const exported = { folder: folderOf(input.slug) }
  expect(await remove(input, { adminAt, withoutDatabase: true })).toMatchObject({ exported })
  expect(await stage.app.db.tenants.findForOperator(input.slug)).toBeUndefined()
  const [left] = await stage.app.runs.detailsOf(deleteTenantKind, 'without database')
  expect(left?.detail).toMatchObject({ databases: [expect.stringContaining(`/${plan.database}`) as string] })
})

test('a login that a killed change of password has made, and that nothing names, goes with the company', async () => {
  const input = stage.input()
  const { plan } = await stage.create(input)
  const halfMade = ['', '_service', '_support'].map((kind) => `${plan.appRole}${kind}_b`)
  for (const role of halfMade) await stage.ask('postgres', `create role "${role}" login`)
  await remove(input)
  expect(await stage.ask('postgres', 'select rolname from pg_roles where rolname = any($1)', [halfMade])).toEqual([])
})
