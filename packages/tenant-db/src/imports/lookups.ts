import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { ImportEntity, ImportKey } from '@tenantry/contracts/imports'
import { sql, type SQL } from 'drizzle-orm'
import { accounts } from '../accounts/table.ts'
import { currencies } from '../currencies/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { importedKinds } from './kinds.ts'

/** What the cells of some rows name, each once. */
export interface Named {
  owners: readonly string[]
  companies: readonly string[]
}

/** Ids by the names asked for: several where a name is ambiguous. Currencies are all that are known. */
export interface Found {
  owners: Map<string, string[]>
  companies: Map<string, string[]>
  currencies: Set<string>
}

/** E-mail addresses are found in small letters; companies as they are written, or else without regard to case. */
export async function lookUp(executor: Executor, { owners, companies }: Named): Promise<Found> {
  const [members, exact, known] = await Promise.all([
    owners.length === 0 ? [] : executor.run(membersByEmail, { keys: [...owners] }),
    companies.length === 0 ? [] : executor.run(companiesByName, { keys: [...companies] }),
    executor.run(knownCurrencies, {}),
  ])
  const found = idsByKey(exact)
  const missing = companies.filter((name) => !found.has(name))
  if (missing.length > 0) {
    const alike = idsByKey(await executor.run(companiesAlike, { keys: missing.map((name) => name.toLowerCase()) }))
    for (const name of missing) {
      const ids = alike.get(name.toLowerCase())
      if (ids !== undefined) found.set(name, ids)
    }
  }
  return { owners: idsByKey(members), companies: found, currencies: new Set(known.map(({ code }) => code)) }
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

const companiesByName = statement<{ keys: string[] }, KeyAndId>((db) =>
  db.execute<KeyAndId>(sql`select name as key, id from ${accounts}
    where name = any (${keys}::text[]) and deleted_at is null`),
)

const companiesAlike = statement<{ keys: string[] }, KeyAndId>((db) =>
  db.execute<KeyAndId>(sql`select lower(name) as key, id from ${accounts}
    where lower(name) = any (${keys}::text[]) and deleted_at is null`),
)

const knownCurrencies = statement<Record<string, never>, { code: string }>((db) =>
  db.execute<{ code: string }>(sql`select code from ${currencies}`),
)

const matchings = {
  account: matchingsIn('account'),
  contact: matchingsIn('contact'),
  lead: matchingsIn('lead'),
  catalog_item: matchingsIn('catalog_item'),
}

function matchingsIn(entity: ImportEntity) {
  const known = Object.entries(importedKinds[entity].matches) as [ImportKey, (keys: SQL) => SQL][]
  return new Map(
    known.map(([key, where]) => [
      key,
      statement<{ keys: string[] }, KeyAndId>((db) => db.execute<KeyAndId>(where(keys))),
    ]),
  )
}
