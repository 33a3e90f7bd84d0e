import type { ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import { legacyRowCounts, legacyTableNames } from '@tenantry/tenant-transfer/legacy'
import { lookInto } from '@tenantry/testing/look-into'
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { movedCompany } from './moved-company.ts'
import { countIn, type Walk } from './walk.ts'

/** What the old tables and the tenant database hold under the same name, and how to ask for it. */
const shown = ['accounts', 'contacts', 'opportunities', 'events'] as const

/** The company works in its own database, and the application has lost the old tables. */
export async function workOn(walk: Walk): Promise<void> {
  const { narrator, owner, ground } = walk
  await narrator.step('The web application and the API answer from the tenant database', null, async (see) => {
    const counts: Record<string, number> = {}
    for (const table of shown) counts[table] = (await owner.query<{ count: number }>(`${table}.count`, {})).count
    deepStrictEqual(counts, Object.fromEntries(shown.map((table) => [table, legacyRowCounts[table]])))
    const [first] = await lookInto<{ name: string }>(
      { ...ground.tenants, database: movedCompany.slug },
      `select name from crm.accounts where name ~ '^[A-Za-z ]+$' order by name limit 1`,
    )
    ok(first !== undefined)
    await seeOnPage(walk, '/accounts', first.name)
    see(`${shown.map((table) => `${counts[table]} ${table}`).join(', ')}; the page shows «${first.name}»`)
  })
  await narrator.step('The old tables are closed, and work goes on', null, async (see) => {
    const [rights] = await lookInto<{ tables: string }>(
      ground.application,
      `select count(*) as tables from unnest($1::text[]) t where has_table_privilege($2, 'public.' || t, 'select, insert, update, delete')`,
      [legacyTableNames, ground.applicationRole],
    )
    strictEqual(Number(rights?.tables), 0)
    await createAccount(walk, 'Lighthouse Weddings')
    see(`no right is left on ${legacyTableNames.length} tables; an account made now stands in the tenant database`)
  })
}

/** A page that is compiled while it is asked for gives its data up after a while and leaves it to the browser: asks again. */
async function seeOnPage({ owner }: Walk, path: string, words: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) if ((await owner.page(path)).includes(words)) return
  throw new Error(`${path} does not show «${words}»`)
}

/** Makes an account through the API and finds it in the tenant database. */
export async function createAccount(walk: Walk, name: string): Promise<void> {
  await walk.owner.mutate('accounts.create', { name })
  const stored = await countIn(
    walk,
    movedCompany.slug,
    `select count(*) from crm.accounts where name = '${name}' and deleted_at is null`,
  )
  strictEqual(stored, 1)
}

/** The last look: everything that somebody who repairs a connection asks first. */
export async function askForDiagnosis({ narrator, owner }: Walk): Promise<void> {
  await narrator.step('Ask how the connection is', 'GET /api/debug/tenant-connection', async (see) => {
    const { success, canQuery, identity, diagnostics, schemaVersion } =
      await owner.json<ConnectionDiagnosis>('/api/debug/tenant-connection')
    deepStrictEqual(
      { success, canQuery, identity, diagnostics },
      { success: true, canQuery: true, identity: 'proven', diagnostics: [] },
    )
    see(`success: true, canQuery: true, identity proven, schema ${schemaVersion}`)
  })
}
