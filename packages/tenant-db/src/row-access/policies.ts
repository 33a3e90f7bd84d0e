import type { LimitedKind } from '@tenantry/contracts/record-access'
import { LinkedEntity } from '@tenantry/contracts/record-links'
import { sql, type SQL } from 'drizzle-orm'
import { pgPolicy, type PgColumn, type PgPolicy } from 'drizzle-orm/pg-core'
import type { Belonging } from './belonging.ts'

type Verb = 'see' | 'change'

/**
 * Which rows a limited member reaches, held by Postgres for every statement that any repository sends. Who is not limited
 * carries no setting, and pays one comparison with a constant per row. `limits.ts` makes the setting.
 */
export function rowAccess(
  kind: LimitedKind,
  belonging: Belonging & Required<Pick<Belonging, 'to'>>,
  { seenToo }: { seenToo?: SQL } = {},
): PgPolicy[] {
  const seen = reaches('see', kind, belonging)
  return policies({ see: seenToo ? sql`${seen} or ${seenToo}` : seen, change: reaches('change', kind, belonging) })
}

/** A message that nobody has written, as one that came in, is theirs who reach a record that it is about. */
export function rowAccessOfMessages(belonging: Belonging & Required<Pick<Belonging, 'to'>>): PgPolicy[] {
  return policies({
    see: reachesMessage('see', belonging, 'id'),
    change: reachesMessage('change', belonging, 'id'),
    // A new one is about nothing yet.
    add: reaches('change', 'communication', belonging),
  })
}

/**
 * A file that came with a message goes with it, whatever limits other files: whoever reads the one reads the other. Both have
 * the same author, so that only for a message without one another row is asked. The file of a signed contract, which nobody
 * has written, is a part of the contract and seen with it.
 */
export function rowAccessOfAttachments(belonging: Belonging & Required<Pick<Belonging, 'to'>>): PgPolicy[] {
  const goesBy = (verb: Verb, seenToo: SQL) =>
    sql`case when communication_id is null then ${reaches(verb, 'attachment', belonging)}${seenToo} else ${reachesMessage(verb, belonging, 'communication_id')} end`
  const isSignedFile = sql.raw(' or created_by is null and crm.is_of_seen_contract(id)')
  return policies({ see: goesBy('see', isSignedFile), change: goesBy('change', sql``) })
}

/** A date is its event's or its opportunity's. */
export function rowAccessOfDates(): PgPolicy[] {
  const parent = (question: string) =>
    sql.raw(`${notLimited} or crm.${question}('event', event_id) or crm.${question}('opportunity', opportunity_id)`)
  // A new date of what is not seen is left to the pointer, which answers as for what is not there.
  return policies({
    see: parent('is_seen'),
    change: parent('is_changeable'),
    add: sql`${parent('is_changeable')} or not (${parent('is_seen')})`,
  })
}

/** What a record consists of is seen with it, and written by whoever has locked it. */
export function rowAccessOfPart(kind: LimitedKind, column: string): PgPolicy {
  return seenWhere(`crm.is_seen('${kind}', ${column})`)
}

export function rowAccessOfContactAccounts(): PgPolicy {
  return seenWhere(`crm.is_seen('contact', contact_id) and crm.is_seen('account', account_id)`)
}

/** A link is seen from both ends, or it would tell of the other. */
export function rowAccessOfLinks(): PgPolicy {
  const ends = (kinds: readonly string[]) => {
    const known = kinds.map((kind) => `when ${kind}_id is not null then '${kind}'`).join(' ')
    return `crm.is_seen(case ${known} end, coalesce(${kinds.map((kind) => `${kind}_id`).join(', ')}))`
  }
  return seenWhere(`${ends(['task', 'note', 'attachment', 'communication'])} and ${ends(LinkedEntity.options)}`)
}

export function rowAccessOfHistory(): PgPolicy {
  return seenWhere('crm.is_seen(entity, entity_id)')
}

/** A file of rows tells of records: whoever reaches some people's only sees the files that these have brought. */
export function rowAccessOfImports(): PgPolicy {
  const path = `array['see', entity]`
  return seenWhere(`(${access} #> ${path}) is null or created_by = any ((${access} #>> ${path})::uuid[])`)
}

export function rowAccessOfImportRows(): PgPolicy {
  return seenWhere('exists (select from crm.import_batches b where b.id = batch_id)')
}

/** Sums tell of what they were added up from. Whoever writes a record adds to them, whosever it becomes. */
export function rowAccessOfSums(kind: LimitedKind, person: PgColumn): PgPolicy {
  const to = (people: SQL) => sql`${sql.raw(person.name)} = any (${people})`
  return pgPolicy('row_access_select', { as: 'restrictive', for: 'select', using: reaches('see', kind, { to }) })
}

/** What is paid on an invoice is seen with it, and what was given back of a payment, or what is left of them would be wrong. */
export const belongsToSeenPayment = sql.raw(`crm.pays_seen_invoice(id) or crm.is_seen('payment', refunds_payment_id)`)
export const creditsSeenInvoice = sql.raw(`crm.is_seen('invoice', credits_invoice_id)`)

/** After a setting of one transaction has ended its value is '' instead of null. */
const access = `nullif(current_setting('tenantry.access', true), '')::jsonb`
const notLimited = `(select ${access} is null)`

/** Sub-selects, so that Postgres computes them once for a statement, and what is limited only where something is. */
function reaches(verb: Verb, kind: LimitedKind, { to }: Required<Pick<Belonging, 'to'>>): SQL {
  return sql`${sql.raw(`(select (${access} #> ${pathTo(verb, kind)}) is null)`)} or ${to(peopleOf(verb, kind))}`
}

/** The people whose records of a kind a limited member sees, as the policies read them. */
export function seenPeople(kind: LimitedKind): SQL {
  return peopleOf('see', kind)
}

/** Who reaches nobody's messages reaches none that nobody has written either. */
function reachesMessage(
  verb: Verb,
  belonging: Required<Pick<Belonging, 'to'>>,
  message: 'id' | 'communication_id',
): SQL {
  return sql`${reaches(verb, 'communication', belonging)} or created_by is null and (select cardinality(${peopleOf(verb, 'communication')}) > 0) and crm.is_about_reached(${sql.raw(`'${verb}', ${message}`)})`
}

function peopleOf(verb: Verb, kind: LimitedKind): SQL {
  return sql.raw(`(select (${access} #>> ${pathTo(verb, kind)})::uuid[])::uuid[]`)
}

function pathTo(verb: Verb, kind: LimitedKind): string {
  return `'{${verb},${kind}}'`
}

function policies({ see, change, add = change }: Record<Verb, SQL> & { add?: SQL }): PgPolicy[] {
  return [
    pgPolicy('row_access_select', { as: 'restrictive', for: 'select', using: see }),
    pgPolicy('row_access_insert', { as: 'restrictive', for: 'insert', withCheck: add }),
    pgPolicy('row_access_update', { as: 'restrictive', for: 'update', using: change, withCheck: change }),
    pgPolicy('row_access_delete', { as: 'restrictive', for: 'delete', using: change }),
  ]
}

function seenWhere(condition: string): PgPolicy {
  return pgPolicy('row_access_select', {
    as: 'restrictive',
    for: 'select',
    using: sql.raw(`${notLimited} or (${condition})`),
  })
}
