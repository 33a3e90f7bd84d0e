import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import type { ImportEntity, ImportKey } from '@tenantry/contracts/imports'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { contacts } from '../contacts/table.ts'
import { currencies } from '../currencies/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { live, texts, type ImportedKind } from './imported-kind.ts'
import { forEachKind, importedKinds } from './kinds.ts'

/** What the cells of some rows name, each once. */
export interface Named {
  owners: readonly string[]
  companies: readonly string[]
  contacts: readonly string[]
}

/** Ids by the names asked for: several where a name is ambiguous. Currencies are all that are known. */
export interface Found {
  owners: Map<string, string[]>
  companies: Map<string, string[]>
  contacts: Map<string, string[]>
  currencies: Set<string>
}

/** E-mail addresses of members are found in small letters; companies and contacts as `meantBy` does. */
export async function lookUp(executor: Executor, { owners, ...named }: Named): Promise<Found> {
  const [members, companies, contacts, known] = await Promise.all([
    owners.length === 0 ? [] : executor.run(membersByEmail, { keys: [...owners] }),
    meantBy(executor, companyWays, named.companies),
    meantBy(executor, contactWays, named.contacts),
    executor.run(knownCurrencies, {}),
  ])
  return { owners: idsByKey(members), companies, contacts, currencies: new Set(known.map(({ code }) => code)) }
}

/** A record is meant by its name as it is written, else by its id or its e-mail address, else by its name without regard to case. */
async function meantBy(executor: Executor, ways: Ways, cells: readonly string[]): Promise<Map<string, string[]>> {
  if (cells.length === 0) return new Map()
  const found = idsByKey(await executor.run(ways.byName, { keys: [...cells] }))
  const missing = cells.filter((cell) => !found.has(cell))
  if (missing.length === 0) return found
  const asKeys = missing.map((cell) => cell.toLowerCase())
  const [ids, addresses] = [asKeys.filter(isId), asKeys.filter((key) => key.includes('@'))]
  const others = await Promise.all([
    ids.length === 0 ? [] : executor.run(ways.byId, { keys: ids }),
    addresses.length === 0 ? [] : executor.run(ways.byEmail, { keys: addresses }),
    executor.run(ways.alike, { keys: asKeys }),
  ])
  const maps = others.map(idsByKey)
  for (const cell of missing) {
    const meant = maps.map((map) => map.get(cell.toLowerCase())).find((some) => some !== undefined)
    if (meant !== undefined) found.set(cell, meant)
  }
  return found
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** The records outside the bin that have one of the keys, by that key. */
export async function matchesOf(
  executor: Executor,
  { entity, by, keys }: { entity: ImportEntity; by: ImportKey; keys: readonly string[] },
): Promise<Map<string, string[]>> {
  if (keys.length === 0) return new Map()
  const matching = matchings[entity].get(by)
  if (matching === undefined) throw new TypeError(`a record of this kind has no ${by}`)
  return idsByKey(await executor.run(matching, { keys: [...keys] }))
}

function idsByKey(rows: readonly KeyAndId[]): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const { key, id } of rows) {
    const known = ids.get(key)
    if (known === undefined) ids.set(key, [id])
    else if (!known.includes(id)) known.push(id)
  }
  return ids
}

type KeyAndId = { key: string; id: string }
const keys = sql`${sql.placeholder('keys')}`

const membersByEmail = statement<{ keys: string[] }, KeyAndId>((db) =>
  db.execute<KeyAndId>(sql`select lower(email::text) as key, user_id as id from ${memberRefs}
    where status = 'active' and email = any (${keys}::citext[])`),
)

type Way = Statement<{ keys: string[] }, KeyAndId>

/** How a kind of record is found by what a cell calls it. */
interface Ways {
  byName: Way
  byId: Way
  byEmail: Way
  alike: Way
}

function waysOf({ table, matches }: ImportedKind, name: PgColumn): Ways {
  const { name: byName, email: byEmail } = matches
  const asked = (where: SQL | undefined): Way =>
    statement((db) => db.execute<KeyAndId>(where ?? sql`select '' as key, null::uuid as id where false`))
  return {
    byName: asked(byName?.(keys)),
    byEmail: asked(byEmail?.(keys)),
    byId: asked(sql`select id::text as key, id from ${table} where id = any (${keys}::uuid[]) and ${live}`),
    alike: asked(sql`select lower(${name}) as key, id from ${table} where lower(${name}) = ${texts(keys)} and ${live}`),
  }
}

const companyWays = waysOf(importedKinds.account, accounts.name)
const contactWays = waysOf(importedKinds.contact, contacts.displayName)

const knownCurrencies = statement<Record<string, never>, { code: string }>((db) =>
  db.execute<{ code: string }>(sql`select code from ${currencies}`),
)

const matchings = forEachKind(({ matches }) => {
  const known = Object.entries(matches) as [ImportKey, (keys: SQL) => SQL][]
  return new Map(
    known.map(([key, where]) => [
      key,
      statement<{ keys: string[] }, KeyAndId>((db) => db.execute<KeyAndId>(where(keys))),
    ]),
  )
})
