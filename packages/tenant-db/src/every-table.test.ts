import { openAdminLink, type AdminLink } from '@tenantry/connections/admin'
import { openDatabase, type Executor } from '@tenantry/connections/database'
import { openPool } from '@tenantry/connections/pool'
import { createTenantDatabase, type TenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { isTenantryError } from '@tenantry/errors'
import { mainServer } from '@tenantry/vitest-config/servers'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workOnce, type Named } from './every-table.fixture.ts'
import { kinds } from './records/kinds.fixture.ts'
import { tenantReader, tenantWriter } from './open.ts'
import * as schema from './schema.ts'
import { transferTables } from './transfer.ts'

/** Tables that no repository names, each for a reason. */
const behindTheScenes: Record<string, string> = {
  currencies: 'belongs to no tenant; constraints and functions read it',
  identity: 'says whose the database is; only provisioning writes it, and functions read it',
  search_texts: 'triggers write it and functions search it; its attacks are in search-texts/',
  transfer_marks: 'only a transfer writes it',
  transfer_quarantine: 'only a transfer writes it',
}

/** Tables whose rows come from elsewhere than a company's work, so that none are made here. */
const withoutWork = ['transfer_marks', 'transfer_quarantine']

/** Tables that the old system had nothing like; of all others the transfer has a line. */
const newHere = [
  'catalog_items',
  'company',
  'contract_signers',
  'contracts',
  'currencies',
  'custom_fields',
  'identity',
  'import_batches',
  'import_rows',
  'invoice_line_items',
  'invoice_sums',
  'invoices',
  'member_refs',
  'number_series',
  'opportunity_stage_history',
  'opportunity_sums',
  'outbox',
  'payment_allocations',
  'payment_schedule',
  'payments',
  'quote_line_items',
  'quotes',
  'record_changes',
  'record_merges',
  'resource_bookings',
  'resource_members',
  'resources',
  'saved_views',
  'search_texts',
  'suppressed_addresses',
  'task_templates',
  'transfer_marks',
  'webhook_attempts',
  'webhook_changes',
  'webhook_listening',
  'webhook_messages',
]

/** Repositories that write what nobody can name: a tenant has one row of it, whoever asks. */
const nothingToName = ['company']

const tables = Object.values(schema)
  .filter((one) => is(one, PgTable))
  .map((table) => {
    const { name, columns } = getTableConfig(table)
    return { name, isTenants: columns.some((column) => column.name === 'tenant_id') }
  })
  .toSorted((a, b) => (a.name < b.name ? -1 : 1))
const ofTenants = tables.filter(({ isTenants }) => isTenants).map(({ name }) => name)

let database: TenantDatabase
let admin: AdminLink
let mine: TestTenant
let theirs: TestTenant
let session: AdminLink
/** The same work was done for both, so what one is not to see is there. */
let named: Named

beforeAll(async () => {
  database = await createTenantDatabase(mainServer(), 2)
  admin = await openAdminLink(database.admin)
  const [first, second] = database.tenants
  if (!first || !second) throw new Error('two tenants were asked for')
  ;[mine, theirs] = [first, second]
  for (const tenant of [theirs, mine]) named = await worked(tenant)
  session = await openAdminLink(mine.app)
})
afterAll(async () => {
  await Promise.all([session.close(), admin.close()])
  await database.drop()
})

test('the tables that Postgres has are those that the schema says', async () => {
  const found = await admin.run<{ name: string }>(`
    select relname as name from pg_class where relnamespace = 'crm'::regnamespace and relkind in ('r', 'p')
      and relname <> 'schema_migrations' order by relname collate "C"`)
  expect(found.map(({ name }) => name)).toEqual(tables.map(({ name }) => name))
})

test('every table has its line where companies move in, or is new here', () => {
  const decided = [
    ...transferTables.filter((name) => name !== 'transfer_quarantine'),
    'transfer_quarantine',
    ...newHere,
  ]
  expect(decided.toSorted()).toEqual(tables.map(({ name }) => name))
})

test('every factory makes something here', () => {
  const factories = readdirSync(new URL('../../testing/src/factories', import.meta.url))
  const used = sourceOf('every-table.fixture.ts').matchAll(/'@tenantry\/testing\/factories\/([\w-]+)'/g)
  expect([...used].map(([, name]) => `${name}.ts`).toSorted()).toEqual(factories.toSorted())
})

describe.each(ofTenants)('the table of %s', (table) => {
  test('has rows that the work of a company makes', async () => {
    expect((await rowsOf(table, theirs)).length > 0).toBe(!withoutWork.includes(table))
  })

  test('is asked by a repository of the handle, or by none for a reason', () => {
    const asking = [...named].filter(([, asked]) => asked.has(table)).map(([repository]) => repository)
    expect(asking.length > 0).toBe(behindTheScenes[table] === undefined)
  })

  test('shows a session its own rows, and neither shows, changes nor takes those of a neighbour', async () => {
    const [before, own] = [await rowsOf(table, theirs), await rowsOf(table, mine)]
    expect(await attempt(`select tenant_id as tenant from crm.${table}`)).toSatisfy(
      (seen: Outcome) => seen === refused || (seen.length === own.length && seen.every(isMine)),
    )
    const neighbours = `where tenant_id = '${theirs.tenantIdInDataSource}'`
    for (const statement of [
      `select tenant_id as tenant from crm.${table} ${neighbours}`,
      `update crm.${table} set tenant_id = tenant_id ${neighbours} returning tenant_id as tenant`,
      `delete from crm.${table} ${neighbours} returning tenant_id as tenant`,
    ])
      expect(await attempt(statement)).toSatisfy((taken: Outcome) => taken === refused || taken.length === 0)
    for (const row of before) {
      const columns = await writable(table)
      const insert = `insert into crm.${table} (${columns}) overriding system value
        select ${columns} from jsonb_populate_record(null::crm.${table}, $1::text::jsonb) returning tenant_id as tenant`
      expect(await attempt(insert, [row])).toBe(refused)
    }
    expect(await rowsOf(table, theirs)).toEqual(before)
  })
})

describe('a repository that writes', () => {
  test('has a test that tries to reach what is another tenant’s', () => {
    const [reader, writer] = [tenantReader(nowhere), tenantWriter(nowhere, { id: null, kind: 'system', requestId: '' })]
    // One that only reads is the same on both handles.
    const writing = Object.entries(writer)
      .filter(
        ([name, repository]) =>
          repository.constructor !== Object.entries(reader).find(([one]) => one === name)?.[1].constructor,
      )
      .map(([name]) => name)
    const untried = writing.filter((repository) => !(repository in kinds) && !triesToReach(repository))
    expect(untried.toSorted()).toEqual(nothingToName)
  })
})

async function worked({ app }: TestTenant): Promise<Named> {
  const pool = openPool(app, { max: 2 })
  try {
    return await workOnce(openDatabase(pool))
  } finally {
    await pool.close()
  }
}

const refused = 'refused'
type Outcome = typeof refused | { tenant: string }[]

function isMine({ tenant }: { tenant: string }): boolean {
  return tenant === mine.tenantIdInDataSource
}

/** Of the session that serves requests; nothing of it stays. */
async function attempt(statement: string, values: unknown[] = []): Promise<Outcome> {
  await session.run('begin')
  try {
    return await session.run<{ tenant: string }>(statement, values)
  } catch (error) {
    if (isTenantryError(error) && error.detail?.['sqlstate'] === '42501') return refused
    throw error
  } finally {
    await session.run('rollback')
  }
}

/** As the superuser sees them, past all policies. */
async function rowsOf(table: string, { tenantIdInDataSource }: TestTenant): Promise<string[]> {
  const rows = await admin.run<{ row: string }>(
    `select to_jsonb(t)::text as row from crm.${table} t where tenant_id = $1 order by 1`,
    [tenantIdInDataSource],
  )
  return rows.map(({ row }) => row)
}

async function writable(table: string): Promise<string> {
  const columns = await admin.run<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum > 0
      and not attisdropped and attgenerated = ''`,
    [`crm.${table}`],
  )
  return columns.map(({ name }) => name).join()
}

/** No statement is sent: handles are only made. */
const nowhere = {} as Executor

/** One of the tests beside the code names both, the neighbour and the repository. */
function triesToReach(repository: string): boolean {
  return (
    readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .flatMap((file) =>
        sourceOf(file)
          .split(/^\s*test(?:\.each)?\(/m)
          .slice(1),
      )
      // What comes behind the suite is there for every test.
      .map((body) => body.replace(/^\}[^]*/m, ''))
      .some((body) => /\btheirs\b/.test(body) && new RegExp(`\\.${repository}\\.`).test(body))
  )
}

function sourceOf(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}
