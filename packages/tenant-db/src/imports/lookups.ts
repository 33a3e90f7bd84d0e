import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { ImportEntity, ImportKey } from '@tenantry/contracts/imports'
import { sql, type SQL } from 'drizzle-orm'
import { accounts } from '../accounts/table.ts'
import { currencies } from '../currencies/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { forEachKind } from './kinds.ts'

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

/** E-mail addresses of members are found in small letters; companies as `companiesOf` does. */
export async function lookUp(executor: Executor, { owners, companies }: Named): Promise<Found> {
  const [members, found, known] = await Promise.all([
    owners.length === 0 ? [] : executor.run(membersByEmail, { keys: [...owners] }),
    companiesOf(executor, companies),
    executor.run(knownCurrencies, {}),
  ])
  return { owners: idsByKey(members), companies: found, currencies: new Set(known.map(({ code }) => code)) }
}

/** A company is meant by its name as it is written, else by its id or its e-mail address, else by its name without regard to case. */
async function companiesOf(executor: Executor, cells: readonly string[]): Promise<Map<string, string[]>> {
  if (cells.length === 0) return new Map()
  const found = idsByKey(await executor.run(companiesByName, { keys: [...cells] }))
  const missing = cells.filter((cell) => !found.has(cell))
  if (missing.length === 0) return found
  const asKeys = missing.map((cell) => cell.toLowerCase())
  const [ids, addresses] = [asKeys.filter(isId), asKeys.filter((key) => key.includes('@'))]
  const ways = await Promise.all([
    ids.length === 0 ? [] : executor.run(companiesById, { keys: ids }),
    addresses.length === 0 ? [] : executor.run(companiesByEmail, { keys: addresses }),
    executor.run(companiesAlike, { keys: asKeys }),
  ])
  const maps = ways.map(idsByKey)
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

const companiesByName = statement<{ keys: string[] }, KeyAndId>((db) =>
  db.execute<KeyAndId>(sql`select name as key, id from ${accounts}
    where name = any (${keys}::text[]) and deleted_at is null`),
)

const companiesAlike = statement<{ keys: string[] }, KeyAndId>((db) =>
  db.execute<KeyAndId>(sql`select lower(name) as key, id from ${accounts}
    where lower(name) = any (${keys}::text[]) and deleted_at is null`),
)

const companiesById = statement<{ keys: string[] }, KeyAndId>((db) =>
  db.execute<KeyAndId>(sql`select id::text as key, id from ${accounts}
    where id = any (${keys}::uuid[]) and deleted_at is null`),
)

const companiesByEmail = statement<{ keys: string[] }, KeyAndId>((db) =>
  db.execute<KeyAndId>(sql`select lower(email::text) as key, id from ${accounts}
    where email = any (${keys}::citext[]) and deleted_at is null`),
)

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
