import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Quote } from '@tenantry/contracts/quotes'
import { sql } from 'drizzle-orm'
import { today } from '../company/table.ts'
import { readRecord } from '../records/change-record.ts'
import { found } from '../records/found.ts'
import { quoteRecord } from './record.ts'
import { quotes } from './table.ts'

/** A quote that stands beside another one: for the same opportunity, or a revision of the same quote. */
export interface Rival {
  id: string
  isSameQuote: boolean
  isAccepted: boolean
}

/**
 * Everything that competes with a quote, and the quote itself, which nobody else answers, sends or revises before the
 * transaction ends. Locked in the order of ids, so that nobody waits in a circle; read after the wait, by a second
 * statement, since the first shows who was accepted as it was before.
 */
export async function lockRivals(executor: Executor, id: string): Promise<Rival[]> {
  await executor.run(lockThem, { id })
  const rivals = await executor.run(readThem, { id })
  return rivals.filter((rival) => rival.id !== id)
}

export function readQuote(executor: Executor, id: string): Promise<Quote> {
  return readRecord(executor, quoteRecord, id)
}

/** Of a quote whose revisions are locked. */
export async function newestRevision(executor: Executor, rootQuoteId: string) {
  const [row] = await executor.run(newest, { rootQuoteId })
  return found(row)
}

/** The day it is where the company is. */
export async function dayOf(executor: Executor): Promise<string> {
  const [row] = await executor.run(theDay, {})
  return found(row).today
}

const rivals = sql`${quotes} q, (
    select m.opportunity_id, coalesce(m.root_quote_id, m.id) as root from ${quotes} m where m.id = ${sql.placeholder('id')}
  ) mine
  where q.opportunity_id = mine.opportunity_id or coalesce(q.root_quote_id, q.id) = mine.root`

const lockThem = statement<{ id: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`select q.id from ${rivals} order by q.id for no key update of q`),
)

type RivalRow = { id: string; isSameQuote: boolean; isAccepted: boolean }
const readThem = statement<{ id: string }, RivalRow>((db) =>
  db.execute<RivalRow>(sql`
    select q.id, coalesce(q.root_quote_id, q.id) = mine.root as "isSameQuote",
      q.status in ('accepted', 'converted') and q.deleted_at is null as "isAccepted"
    from ${rivals} order by q.id`),
)

type Newest = { revision: number; isAccepted: boolean }
const newest = statement<{ rootQuoteId: string }, Newest>((db) =>
  db.execute<Newest>(sql`
    select max(revision)::integer as revision, bool_or(status in ('accepted', 'converted')) as "isAccepted"
    from ${quotes} where coalesce(root_quote_id, id) = ${sql.placeholder('rootQuoteId')}`),
)

const theDay = statement<Record<string, never>, { today: string }>((db) =>
  db.execute<{ today: string }>(sql`select ${today} as today`),
)
