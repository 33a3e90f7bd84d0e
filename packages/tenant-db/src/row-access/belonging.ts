import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Whose a row is. */
export interface Belonging {
  /** What `to` asks of a row: an index that a search reads instead of the row must hold it. */
  columns: readonly PgColumn[]
  /** Whether a row is one of these people's, by the columns' own names as a policy writes them. */
  to?(people: SQL): SQL
}

export const everybodys: Belonging = { columns: [] }

/** Its owner's, and while it has none its author's. */
export function byOwner(owner: PgColumn, author: PgColumn): Required<Belonging> {
  const person = sql.raw(`coalesce(${owner.name}, ${author.name})`)
  return { columns: [owner, author], to: (people) => sql`${person} = any (${people})` }
}

export function byAuthor(author: PgColumn): Required<Belonging> {
  return { columns: [author], to: (people) => sql`${sql.raw(author.name)} = any (${people})` }
}

/** Its author's, and theirs to whom the company belongs: what a customer accepts by a link is written by nobody. */
export function byAccount(account: PgColumn, author: PgColumn): Required<Belonging> {
  return {
    columns: [account, author],
    // A function, so that what only limited members need is no part of everybody's plan.
    to: (people) =>
      sql`${sql.raw(author.name)} = any (${people}) or crm.account_is_of(${sql.raw(account.name)}, ${people})`,
  }
}
