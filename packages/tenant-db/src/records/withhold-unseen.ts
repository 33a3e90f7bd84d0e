import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { RecordChange } from '@tenantry/contracts/record'
import { sql } from 'drizzle-orm'
import { LimitedExecutor } from '../row-access/limited-executor.ts'

type Reference = { entity: string; id: string }
type NamedBy = (element: Record<string, unknown>) => Reference

const aboutOthers: Record<string, NamedBy> = {
  links: ({ entity, id }) => ({ entity: String(entity), id: String(id) }),
}

/** Of each kind of record the fields whose values are lists that name others, and which record an element names. */
const listed: Record<string, Record<string, NamedBy>> = {
  payment: { allocations: ({ invoiceId }) => ({ entity: 'invoice', id: String(invoiceId) }) },
  contact: { accounts: ({ accountId }) => ({ entity: 'account', id: String(accountId) }) },
  task: aboutOthers,
  note: aboutOthers,
  attachment: aboutOthers,
  communication: aboutOthers,
}

/**
 * A history as a limited member may read it: a record tells of others only to whoever sees those, so their elements are left
 * out of its lists, as the record itself leaves them out. What says nothing then is no part of the change.
 */
export async function withholdUnseen(executor: Executor, changes: RecordChange[]): Promise<RecordChange[]> {
  if (!(executor instanceof LimitedExecutor)) return changes
  const named = changes.flatMap(namedIn)
  if (named.length === 0) return changes
  const unseen = new Set((await executor.run(unseenOf, { named: JSON.stringify(named) })).map(keyOf))
  return changes.map((change) => ({ ...change, diff: Object.fromEntries(seenFields(change, unseen)) }))
}

function namedIn({ entity, diff }: RecordChange): Reference[] {
  return Object.entries(diff).flatMap(([field, { from, to }]) => {
    const of = listed[entity]?.[field]
    return of === undefined ? [] : [from, to].flatMap(elementsOf).map(of)
  })
}

function seenFields({ entity, diff }: RecordChange, unseen: ReadonlySet<string>) {
  return Object.entries(diff).flatMap(([field, { from, to }]) => {
    const of = listed[entity]?.[field]
    if (of === undefined) return [[field, { from, to }] as const]
    const seen = (value: unknown) =>
      Array.isArray(value) ? elementsOf(value).filter((element) => !unseen.has(keyOf(of(element)))) : value
    const left = { from: seen(from), to: seen(to) }
    const saysNothing = elementsOf(left.from).length + elementsOf(left.to).length === 0
    return saysNothing ? [] : [[field, left] as const]
  })
}

function elementsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : []
}

function keyOf({ entity, id }: Reference): string {
  return `${entity} ${id}`
}

/** By the rights of whoever asks; what somebody removed for good is seen by nobody. */
const unseenOf = statement<{ named: string }, Reference>((db) =>
  db.execute<Reference>(sql`
    select distinct entity, id from jsonb_to_recordset(${sql.placeholder('named')}::jsonb) as named(entity text, id uuid)
    where not crm.is_seen(entity, id)`),
)
