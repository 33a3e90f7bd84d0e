import { openAdminLink, withAdminConnection, type AdminLink } from '@tenantry/connections/admin'
import { createTenantDatabase, type TenantDatabase } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeTenantRows } from '../removal.ts'

/** What the rows say should be there beside what is there: lines of which one of both lacks. */
const wrong = `
  with wanted as (
    select tenant_id, 'accounts' as source, id as record_id, id as part_id, search_text as text from crm.accounts where deleted_at is null
    union all select tenant_id, 'contacts', id, id, search_text from crm.contacts where deleted_at is null
    union all select tenant_id, 'contacts', contact_id, id, value_norm from crm.contact_points
    union all select tenant_id, 'opportunities', id, id, search_text from crm.opportunities where deleted_at is null),
  kept as (select tenant_id, source, record_id, part_id, text from crm.search_texts)
  (select * from wanted except all select * from kept) union all (select * from kept except all select * from wanted)`

const sources = ['accounts', 'contacts', 'opportunities'] as const

let database: TenantDatabase
let links: AdminLink[]

beforeAll(async () => {
  database = await createTenantDatabase(mainServer(), 2)
  links = await Promise.all(database.tenants.map(({ app }) => openAdminLink(app)))
  for (const { run } of links) {
    await run(`
      insert into crm.pipelines (name, is_default) values ('Sales', true);
      insert into crm.pipeline_stages (pipeline_id, name, position, kind, probability, forecast_category)
        select id, 'Inquiry', 0, 'open', 10, 'pipeline' from crm.pipelines`)
    for (const source of sources) await run(insert(source, 20))
  }
})
afterAll(async () => {
  await Promise.all(links.map((link) => link.close()))
  await database.drop()
})

test('whatever is done to records, in whatever order and taken back or not, the texts are those of the rows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 40, maxLength: 40 }), async (deeds) => {
      for (const { tenant, source, kind, place, undone } of deeds) {
        const run = links[tenant]?.run
        if (!run) throw new Error('two tenants were asked for')
        await run('begin')
        await run(statements[kind](source, place))
        await run(undone ? 'rollback' : 'commit')
      }
      expect(await asAdmin(wrong)).toEqual([])
    }),
    // What was done stays, so trying the same again in a smaller size would say something else.
    { seed: 3, numRuns: 5, endOnFailure: true },
  )
  const [count] = await asAdmin('select count(*)::integer as n from crm.search_texts')
  expect(count?.['n']).toBeGreaterThan(100)
})

test('a change of anything else leaves the texts alone', async () => {
  const places = () => asAdmin('select ctid::text, xmin::text from crm.search_texts order by ctid')
  const before = await places()
  for (const { run } of links) {
    for (const source of sources)
      await run(
        `update crm.${source} set version = version + 1, archived_at = now(), updated_at = now() where deleted_at is null`,
      )
    await run('update crm.contact_points set opted_out_at = now()')
  }
  expect(await places()).toEqual(before)
})

test('of a tenant that is removed no text is left, and of the others each; of a table that is emptied none', async () => {
  const [gone, left] = database.tenants
  if (!gone || !left) throw new Error('two tenants were asked for')
  const texts = (tenant: string) => asAdmin(`select from crm.search_texts where tenant_id = '${tenant}'`)
  const before = (await texts(left.tenantIdInDataSource)).length
  await removeTenantRows(database.admin, gone.tenantIdInDataSource)
  expect(await texts(gone.tenantIdInDataSource)).toEqual([])
  expect((await texts(left.tenantIdInDataSource)).length).toBe(before)
  for (const table of ['contact_points', ...sources]) {
    await asAdmin(`truncate crm.${table} cascade`)
    expect(await asAdmin(wrong)).toEqual([])
  }
  expect(await asAdmin('select from crm.search_texts')).toEqual([])
})

type Source = (typeof sources)[number]

const nameOf = { accounts: 'name', contacts: 'last_name', opportunities: 'name' } as const

function insert(source: Source, rows: number): string {
  const names = `'Gala ' || n || chr(65 + n)`
  switch (source) {
    case 'accounts':
      return `insert into crm.accounts (name, email) select ${names}, 'a' || n || '@example.com' from generate_series(1, ${rows}) n`
    case 'contacts':
      return `with made as (insert into crm.contacts (last_name) select ${names} from generate_series(1, ${rows}) n returning id)
        insert into crm.contact_points (contact_id, kind, value, value_norm)
        select id, 'email', k || id || '@example.com', k || id || '@example.com' from made, unnest(array['a', 'b']) k`
    case 'opportunities':
      return `insert into crm.opportunities (name, pipeline_id, stage_id, amount_minor, currency, probability, forecast_category, board_rank)
        select ${names}, s.pipeline_id, s.id, n, 'EUR', 10, 'pipeline', 'n' from generate_series(1, ${rows}) n, crm.pipeline_stages s`
  }
}

/** One in ten rows, others each time. */
const some = (place: number) => `abs(hashtext(id::text)) % 10 = ${place}`

const statements = {
  insert: (source: Source, place: number) => insert(source, place + 1),
  rename: (source: Source, place: number) =>
    `update crm.${source} set ${nameOf[source]} = ${nameOf[source]} || '${place}' where ${some(place)}`,
  giveAddress: (_: Source, place: number) =>
    `update crm.accounts set email = '${place}' || id || '@example.com' where ${some(place)}`,
  putAway: (source: Source, place: number) => `update crm.${source} set deleted_at = now() where ${some(place)}`,
  putAwayRenamed: (source: Source, place: number) =>
    `update crm.${source} set deleted_at = now(), ${nameOf[source]} = 'Away' where ${some(place)}`,
  takeBack: (source: Source, place: number) => `update crm.${source} set deleted_at = null where ${some(place)}`,
  delete: (source: Source, place: number) => `delete from crm.${source} where ${some(place)}`,
  changePoint: (_: Source, place: number) =>
    `update crm.contact_points set value_norm = value_norm || '${place}' where ${some(place)}`,
  // As a merge does it.
  movePoint: (_: Source, place: number) =>
    `update crm.contact_points p set contact_id = c.id, is_primary = false from (select id from crm.contacts order by id limit 1) c where ${some(place).replace('id', 'p.id')}`,
  deletePoint: (_: Source, place: number) => `delete from crm.contact_points where ${some(place)}`,
  changeKey: (source: Source, place: number) =>
    source === 'opportunities'
      ? `update crm.opportunities set id = gen_random_uuid() where ${some(place)}`
      : 'select 1',
}

const deed = fc.record({
  tenant: fc.nat({ max: 1 }),
  source: fc.constantFrom(...sources),
  kind: fc.constantFrom(...(Object.keys(statements) as (keyof typeof statements)[])),
  place: fc.nat({ max: 9 }),
  undone: fc.boolean(),
})

function asAdmin(text: string) {
  return withAdminConnection(database.admin, (run) => run(text))
}
