import { openAdminLink, withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import { createTenantDatabase, type TenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/**
 * The texts of a search are told apart by functions and not by policies. These are the ways past them that were tried: as the
 * login that serves requests, and as the one of support.
 */
const functions = ['accounts_with_text', 'contacts_with_text', 'opportunities_with_text'] as const

/** Of both tenants, so that an answer without the tenant would hold something of the other. */
const shared = 'Harbour gala'
/** Too rare to be taken for frequent, too often to be missed. */
const rows = 300

describe.each([
  ['dedicated', 1],
  ['shared', 2],
])('the texts of a search in a %s database', (_placement, tenantCount) => {
  let database: TenantDatabase
  let mine: TestTenant
  let theirs: TestTenant | undefined
  /** Every id of the other tenant, of whatever kind. */
  let foreign: Set<unknown>

  beforeAll(async () => {
    database = await createTenantDatabase(mainServer(), tenantCount)
    const [first, second] = database.tenants
    if (!first) throw new Error('a tenant was asked for')
    mine = first
    theirs = second
    for (const tenant of database.tenants) await fill(tenant)
    await asAdmin('vacuum analyze crm.search_texts')
    const ids = await asAdmin(
      `select record_id from crm.search_texts where tenant_id <> '${mine.tenantIdInDataSource}'
       union select part_id from crm.search_texts where tenant_id <> '${mine.tenantIdInDataSource}'`,
    )
    foreign = new Set(ids.map((row) => row['record_id']))
  })
  afterAll(() => database.drop())

  const readers = () => [mine.app, mine.support]

  test.each([
    ['what both have', shared],
    ['what only the other has', 'theirsonly'],
    ['a percent sign', '%'],
    ['an underscore', '_'],
    ['percent signs around', '%gala%'],
    ['a backslash', '\\'],
    ['a backslash at the end', 'gala\\'],
    ['an escaped percent sign', String.raw`\%`],
    ['nothing', ''],
    ['null', null],
    ['a quote', `' or true --`],
    ['a line end', '\n'],
    ['a regular expression', '.*'],
    ['two letters', 'al'],
    ['the id of the other', () => theirs?.tenantIdInDataSource ?? ''],
  ] as [string, string | null | (() => string)][])(
    'hold nothing of another tenant when asked for %s',
    async (_what, given) => {
      const sought = typeof given === 'function' ? given() : given
      for (const reader of readers())
        await withAdminConnection(reader, async (run) => {
          for (const name of functions) {
            const found = await idsOf(run, name, sought)
            expect(found.filter((id) => foreign.has(id))).toEqual([])
            // What is found is what the rows themselves say under row security.
            expect(found).toEqual(found.length > 0 ? await ownRows(run, name, sought) : [])
          }
        })
    },
  )

  test('of a text that both tenants have each is given its own records', async () => {
    for (const tenant of database.tenants)
      await withAdminConnection(tenant.app, async (run) => {
        for (const name of functions) expect(await idsOf(run, name, shared)).toHaveLength(1)
      })
  })

  test('a session that claims another tenant is refused, and one that drops the claim is who logged in', async () => {
    const claimed = theirs?.tenantIdInDataSource ?? randomUUID()
    for (const reader of readers())
      await withAdminConnection(reader, async (run) => {
        for (const name of functions) {
          await run(`set tenantry.tenant_id = '${claimed}'`)
          await expect(idsOf(run, name, shared)).rejects.toMatchObject(refusedWith('28000'))
          await run(`set tenantry.tenant_id = ''`)
          expect((await idsOf(run, name, shared)).filter((id) => foreign.has(id))).toEqual([])
        }
      })
  })

  test('a login of no tenant, and a superuser who becomes the role of one, are told so and given nothing', async () => {
    const stranger = `stranger_${randomUUID().slice(0, 8)}`
    await asAdmin(`create role ${stranger} login password 'stranger'`)
    await asAdmin(`grant connect on database "${database.admin.database}" to ${stranger}`)
    await asAdmin(`call crm.grant_serving_rights('${stranger}')`)
    const target = { ...database.admin, user: stranger, password: () => 'stranger' }
    await withAdminConnection(target, async (run) => {
      for (const name of functions) await expect(idsOf(run, name, shared)).rejects.toMatchObject(refusedWith('28000'))
    })
    await withAdminConnection(database.admin, async (run) => {
      await run(`set role "${mine.app.user}"`)
      for (const name of functions) await expect(idsOf(run, name, shared)).rejects.toMatchObject(refusedWith('28000'))
    })
  })

  test.each([
    ['read them', 'select * from crm.search_texts'],
    ['count them', 'select count(*) from crm.search_texts'],
    ['copy them out', 'copy crm.search_texts to stdout'],
    ['copy some in', 'copy crm.search_texts from stdin'],
    ['look at one column', 'select tenant_id from crm.search_texts limit 1'],
    ['lock them', 'begin; lock table crm.search_texts in access share mode'],
    [
      'add one',
      `insert into crm.search_texts values (crm.current_tenant(), 'accounts', gen_random_uuid(), gen_random_uuid(), 'x')`,
    ],
    ['change them', `update crm.search_texts set text = 'x'`],
    ['remove them', 'delete from crm.search_texts'],
    ['empty them', 'truncate crm.search_texts'],
    ['ask how they would be read', 'explain select * from crm.search_texts'],
    ['become their owner', 'set role crm_owner'],
    ['log in anew as another', 'set session authorization crm_other'],
    ['change the function', `alter function crm.accounts_with_text(text) reset search_path`],
    [
      'make the function theirs',
      `create or replace function crm.accounts_with_text(sought text) returns uuid[] language sql as 'select null::uuid[]'`,
    ],
    [
      'keep texts by their own trigger',
      `create trigger mine after insert on crm.accounts referencing new table as new_rows for each statement execute function crm.keep_texts_of_new()`,
    ],
    ['run what keeps them', 'select crm.keep_texts_of_new()'],
    ['run what forgets them', 'select crm.forget_texts()'],
    ['make a place for names of their own', 'create schema planted_by_me'],
    ['make a temporary one', 'create temporary table search_texts (text text)'],
  ])('neither the login that serves nor the one of support can %s', async (_what, statement) => {
    const named = statement
      .replace('crm_owner', `"${database.ownerRole}"`)
      .replace('crm_other', `"${(theirs ?? mine).service.user}"`)
    for (const reader of readers()) {
      await expect(withAdminConnection(reader, (run) => run(named))).rejects.toMatchObject(refusedWith('42501'))
    }
  })

  test('somebody who were given the table would still see their own texts alone', async () => {
    await asAdmin(`grant select on crm.search_texts to "${mine.app.user}"`)
    const seen = await withAdminConnection(mine.app, (run) => run('select distinct tenant_id from crm.search_texts'))
    await asAdmin(`revoke select on crm.search_texts from "${mine.app.user}"`)
    expect(seen).toEqual([{ tenant_id: mine.tenantIdInDataSource }])
  })

  test('what a session sets changes nothing: names of its own, escapes, little memory, other collations', async () => {
    // Whoever could make this would have LIKE match everything, and every character another one.
    await asAdmin(`create schema planted; grant usage on schema planted to public;
      create function planted.matches(text, text) returns boolean language sql as 'select true';
      create operator planted.~~ (leftarg = text, rightarg = text, function = planted.matches);
      create function planted.same(uuid, uuid) returns boolean language sql as 'select true';
      create operator planted.= (leftarg = uuid, rightarg = uuid, function = planted.same);
      create function planted.chr(integer) returns text language sql as $$select '%'$$;
      create function planted.replace(text, text, text) returns text language sql as $$select '%'$$`)
    const sets = [
      'set search_path = planted, pg_catalog, public',
      `set standard_conforming_strings = off`,
      `set work_mem = '64kB'; set enable_bitmapscan = off; set enable_indexscan = off`,
      `set gin_fuzzy_search_limit = 1; set client_min_messages = debug5`,
    ]
    for (const setting of sets)
      for (const reader of readers())
        await withAdminConnection(reader, async (run) => {
          await run(setting)
          for (const [sought, most] of [
            ['theirsonly', 0],
            ['gala\\', 0],
            ['%', 0],
            [`${shared} 7`, 1],
          ] as const)
            for (const name of functions) {
              const found = await idsOf(run, name, sought)
              expect(found.filter((id) => foreign.has(id))).toEqual([])
              expect(found.length).toBeLessThanOrEqual(most)
            }
          for (const collation of ['"C"', '"de-x-icu"', '"und-x-icu"'])
            expect(
              (await idsOf(run, 'accounts_with_text', 'theirsonly', ` collate pg_catalog.${collation}`)).length,
            ).toBe(0)
        })
    await asAdmin('drop schema planted cascade')
  })

  test('a session that does without row security is refused', async () => {
    for (const reader of readers())
      await withAdminConnection(reader, async (run) => {
        await run('set row_security = off')
        for (const name of functions) await expect(idsOf(run, name, shared)).rejects.toMatchObject(refusedWith('42501'))
      })
  })

  test('nothing beside the functions tells of them: no statistics, no plan', async () => {
    for (const reader of readers())
      await withAdminConnection(reader, async (run) => {
        expect(await run(`select * from pg_stats where tablename = 'search_texts'`)).toEqual([])
        for (const name of functions) {
          const lines = await run(`explain (analyze, verbose) select crm.${name}('gala')`)
          expect(JSON.stringify(lines)).not.toMatch(/search_texts|Rows Removed/)
        }
      })
  })

  test('who is limited is given nothing, since some of it may not be theirs to see', async () => {
    for (const reader of readers())
      await withAdminConnection(reader, async (run) => {
        expect(await idsOf(run, 'accounts_with_text', shared)).toHaveLength(1)
        await run(`set tenantry.access = '{"see": {}, "change": {}}'`)
        for (const name of functions) expect(await idsOf(run, name, shared)).toEqual([])
      })
  })

  function asAdmin(text: string) {
    return withAdminConnection(database.admin, (run) => run(text))
  }

  /** One record of each kind has the shared text, some are rare enough to be found, the rest are of nobody's interest. */
  async function fill({ app, tenantIdInDataSource }: TestTenant): Promise<void> {
    const own = tenantIdInDataSource === mine.tenantIdInDataSource ? 'Mine' : 'Theirsonly'
    const name = `case n when 7 then '${shared} 7' else case when n % 40 = 8 then '${own} rarely ' || n else 'Booth ' || n end end`
    await using link = await openAdminLink(app)
    await link.run(`
      insert into crm.accounts (name) select ${name} from generate_series(1, ${rows}) n;
      insert into crm.contacts (last_name) select ${name} from generate_series(1, ${rows}) n;
      insert into crm.contact_points (contact_id, kind, value, value_norm)
        select id, 'email', id || '@example.com', lower('${own}') || id || '@example.com' from crm.contacts;
      insert into crm.pipelines (name, is_default) values ('Sales', true);
      insert into crm.pipeline_stages (pipeline_id, name, position, kind, probability, forecast_category)
        select id, 'Inquiry', 0, 'open', 10, 'pipeline' from crm.pipelines;
      insert into crm.opportunities (name, pipeline_id, stage_id, amount_minor, currency, probability, forecast_category, board_rank)
        select ${name}, s.pipeline_id, s.id, n, 'EUR', 10, 'pipeline', 'n' || n
        from generate_series(1, ${rows}) n, crm.pipeline_stages s`)
  }
})

async function idsOf(run: AdminRun, name: string, sought: string | null, collate = ''): Promise<unknown[]> {
  const rows = await run(`select distinct unnest(crm.${name}(($1::text)${collate})) as id order by 1`, [sought])
  return rows.map((row) => row['id'])
}

/** The same question, asked of the rows. */
async function ownRows(run: AdminRun, name: string, sought: string | null): Promise<unknown[]> {
  const table = name.replace('_with_text', '')
  const rows = await run(
    `select id from crm.${table} r where deleted_at is null and (position(lower($1::text) in search_text) > 0
       ${table === 'contacts' ? `or exists (select from crm.contact_points p where p.contact_id = r.id and position(lower($1::text) in p.value_norm) > 0)` : ''})
     order by 1`,
    [sought],
  )
  return rows.map((row) => row['id'])
}

function refusedWith(sqlstate: '28000' | '42501') {
  return { detail: expect.objectContaining({ sqlstate }) }
}
