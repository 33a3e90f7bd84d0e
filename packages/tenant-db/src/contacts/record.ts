import { statement } from '@tenantry/connections/statement'
import type { Contact, ContactPatch, SilencedPoint } from '@tenantry/contracts/contacts'
import type { Acting } from '../records/acting.ts'
import type { Fields } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { lineParameters } from '../records/history.ts'
import { lockOf } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { withId } from '../records/record-table.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import {
  formerLinksOf,
  linksOf,
  pointKey,
  pointsOf,
  silencedAmong,
  silencedOf,
  type AccountLink,
  type FormerLink,
  type Point,
} from './reach.ts'
import { replaceFormerLinks, replaceLinks, replacePoints, replaceSilenced } from './replace-reach.ts'
import { selectContacts } from './rows.ts'
import { contacts } from './table.ts'

/** The columns of its own row. */
export const contactFieldNames = [
  'firstName',
  'lastName',
  'jobTitle',
  'ownerId',
  'status',
  'doNotContact',
  'timeZone',
  'locale',
  'birthday',
  'custom',
]
/** What a new contact has that its input leaves out. */
export const initialContact = { status: 'active', doNotContact: false }
const empty = { ...Object.fromEntries(contactFieldNames.map((field) => [field, null])), ...initialContact }
const insert = insertOf(contacts, contactFieldNames)
const update = updateOf(contacts, contactFieldNames)
const byId = statement<{ id: string }, Contact>((db) => asRows<Contact>(selectContacts(db).where(withId(contacts))))

/** Points, companies and what is silenced are fields like the others: each list is replaced, remembered and undone as a whole. */
export const contactRecord: RecordKind<Contact> = {
  entity: 'contact',
  byId,
  lock: lockOf(contacts),
  fieldsOf: (row) => ({
    ...row,
    points: pointsOf(row.points),
    silenced: silencedAmong(row.points),
    accounts: linksOf(row.accounts),
    formerAccounts: formerLinksOf(row.formerAccounts),
  }),
  /** What is known of an address goes with it, and comes back with it. */
  entails(before, { points, silenced }) {
    if (points === undefined || silenced !== undefined) return {}
    const kept = new Set((points as Point[]).map(pointKey))
    return { silenced: silencedAmong(before.points).filter((one) => kept.has(pointKey(one))) }
  },
  refusals: {
    contacts_owner_fk: { field: 'ownerId', message: 'There is no such member.' },
    contacts_name_check: { field: 'firstName', message: 'Give a first or a last name.' },
    contact_accounts_account_fk: { field: 'accounts', message: 'There is no such company.' },
  },
  async insert(acting, entry, input) {
    const id = entry.entityId
    const [, , [row]] = await inOneTrip([
      acting.executor.run(insert, { ...empty, ...input, id, ...lineParameters(acting, entry) }),
      replaceReach(acting, id, { before: [], changes: input }),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
  async update(acting, entry, { before, changes }) {
    const { id } = before
    const [, , [row]] = await inOneTrip([
      acting.executor.run(update, { ...before, ...changes, ...lineParameters(acting, entry) }),
      replaceReach(acting, id, { before: before.points, changes }),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
}

/** An input in the form in which fields are compared and remembered. */
export function contactFields({ points, silenced, accounts, formerAccounts, ...rest }: ContactPatch): Fields {
  return {
    ...rest,
    ...(points && { points: pointsOf(points) }),
    ...(silenced && { silenced: silencedOf(silenced) }),
    ...(accounts && { accounts: linksOf(accounts) }),
    ...(formerAccounts && { formerAccounts: formerLinksOf(formerAccounts) }),
  }
}

/** `contactFields` and the history have given the lists their form. */
async function replaceReach(
  acting: Acting,
  id: string,
  { before, changes }: { before: Contact['points']; changes: Fields },
): Promise<void> {
  const { points, silenced, accounts, formerAccounts } = changes
  await inOneTrip([
    points === undefined ? undefined : replacePoints(acting, id, points as Point[]),
    silenced === undefined
      ? undefined
      : replaceSilenced(acting, id, { before: silencedAmong(before), list: silenced as SilencedPoint[] }),
    accounts === undefined ? undefined : replaceLinks(acting, id, accounts as AccountLink[]),
    formerAccounts === undefined ? undefined : replaceFormerLinks(acting, id, formerAccounts as FormerLink[]),
  ])
}
