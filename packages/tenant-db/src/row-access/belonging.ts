import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Whose a row is. */
export interface Belonging {
  /** What `to` asks of a row: an index that a search reads instead of the row must hold it. */
  columns: readonly PgColumn[]
  /** Whether a row is one of these people's, by the columns' own names as a policy writes them. */
  to?(people: SQL): SQL
  /** Left out where no index tells whose rows are. */
  found?: Found
}

/** How all rows of a person are found, who may own few of very many. */
export interface Found {
  /** Its name, and what it holds after the tenant. */
  index: { name: string; columns: readonly PgColumn[] }
  /** Questions that together find each row once. The order is that of the index, which Postgres therefore reads. */
  rowsOf(person: SQL): Rows[]
  /** Rows that are seen for other reasons than whose they are: the policies say which of them. */
  others?: readonly Rows[]
}

/** A question for rows, answered in the order of an index. */
export interface Rows {
  where: SQL
  orderBy: PgColumn
}

/** Of tables whose rows can be found by their people. */
export type Findable = Belonging & Required<Pick<Belonging, 'to' | 'found'>>

export const everybodys: Belonging = { columns: [] }

/** Its owner's, and while it has none its author's. */
export function byOwner(owner: PgColumn, author: PgColumn): Findable {
  const person = sql.raw(`coalesce(${owner.name}, ${author.name})`)
  return {
    columns: [owner, author],
    to: (people) => sql`${person} = any (${people})`,
    found: {
      // The columns themselves: the same entries serve the filter by owner and what Postgres asks when a member goes.
      index: { name: 'by_owner', columns: [owner, author] },
      rowsOf: (one) => [
        { where: sql`${owner} = ${one}`, orderBy: author },
        { where: sql`${owner} is null and ${author} = ${one}`, orderBy: owner },
      ],
    },
  }
}

export function byAuthor(author: PgColumn, id: PgColumn): Findable {
  return {
    columns: [author],
    to: (people) => sql`${sql.raw(author.name)} = any (${people})`,
    found: {
      index: { name: 'by_author', columns: [author, id] },
      rowsOf: (one) => [{ where: sql`${author} = ${one}`, orderBy: id }],
    },
  }
}

/**
 * Its author's, and a signed contract's with the contract; one that came with a message goes by who sees messages, whose
 * author it has too. Files of messages are found among all there are, or left to who finds them through their messages.
 */
export function byAuthorOrMessage(
  { createdBy: author, id, communicationId: message, isEvidence }: FileColumns,
  messages: 'all' | 'through',
): Findable {
  const own = byAuthor(author, id)
  return {
    ...own,
    columns: [author, message],
    found: {
      ...own.found,
      index: { name: 'by_author', columns: [author, id, message] },
      others: [
        { where: sql`${isEvidence}`, orderBy: id },
        ...(messages === 'all' ? [{ where: sql`${message} is not null`, orderBy: message }] : []),
      ],
    },
  }
}

type FileColumns = Record<'createdBy' | 'id' | 'communicationId' | 'isEvidence', PgColumn>

/**
 * Its author's, and theirs to whom the company belongs: what a customer accepts by a link is written by nobody. `asked` is what
 * the policy asks of a row beside these. Found are those that somebody has written; the others through their company.
 */
export function byAccount(account: PgColumn, author: PgColumn, ...asked: readonly PgColumn[]): Findable {
  return {
    columns: [account, author, ...asked],
    // A function, so that what only limited members need is no part of everybody's plan.
    to: (people) =>
      sql`${sql.raw(author.name)} = any (${people}) or crm.account_is_of(${sql.raw(account.name)}, ${people})`,
    found: {
      index: { name: 'by_author', columns: [author, account, ...asked] },
      rowsOf: (one) => [{ where: sql`${author} = ${one}`, orderBy: account }],
    },
  }
}
