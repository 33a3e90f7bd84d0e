import { statement } from '@tenantry/connections/statement'
import type { Contact, ContactPatch } from '@tenantry/contracts/contacts'
import type { Acting } from '../records/acting.ts'
import type { Fields } from '../records/diff.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { only, withId } from '../records/record-table.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { linksOf, pointsOf, type AccountLink, type Point } from './reach.ts'
import { replaceLinks, replacePoints } from './replace-reach.ts'
import { selectContacts } from './rows.ts'
import { contacts } from './table.ts'

const fields = [
  'firstName',
  'lastName',
  'jobTitle',
  'ownerId',
  'status',
  'doNotContact',
  'timeZone',
  'locale',
  'birthday',
]
const empty = { ...Object.fromEntries(fields.map((field) => [field, null])), status: 'active', doNotContact: false }
const insert = insertOf(contacts, fields)
const update = updateOf(contacts, fields)

/** Points and companies are fields like the others: each list is replaced, remembered and undone as a whole. */
export const contactRecord: RecordKind<Contact> = {
  entity: 'contact',
  byId: statement((db) => asRows<Contact>(selectContacts(db).where(withId(contacts)))),
  lock: statement((db) => asRows<Contact>(selectContacts(db).where(withId(contacts)).for('update', only(contacts)))),
  fieldsOf: (row) => ({ ...row, points: pointsOf(row.points), accounts: linksOf(row.accounts) }),
  insert: (acting, id, input) =>
    Promise.all([
      acting.executor.run(insert, { ...empty, ...input, id, actorId: acting.actor.id }),
      replaceReach(acting, id, input),
    ]),
  update: (acting, before, changes) =>
    Promise.all([
      acting.executor.run(update, { ...before, ...changes, actorId: acting.actor.id }),
      replaceReach(acting, before.id, changes),
    ]),
}

/** An input in the form in which fields are compared and remembered. */
export function contactFields({ points, accounts, ...rest }: ContactPatch): Fields {
  return { ...rest, ...(points && { points: pointsOf(points) }), ...(accounts && { accounts: linksOf(accounts) }) }
}

/** `contactFields` and the history have given the lists their form. */
async function replaceReach(
  acting: Acting,
  id: string,
  { points, accounts }: { points?: unknown; accounts?: unknown },
) {
  await Promise.all([
    points === undefined ? undefined : replacePoints(acting, id, points as Point[]),
    accounts === undefined ? undefined : replaceLinks(acting, id, accounts as AccountLink[]),
  ])
}
