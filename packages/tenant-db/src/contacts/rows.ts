import type { LeasedDrizzle } from '@tenantry/connections/database'
import type { ContactAccount, ContactPoint, FormerAccount } from '@tenantry/contracts/contacts'
import { sql, type SQL } from 'drizzle-orm'
import { accounts } from '../accounts/table.ts'
import { contactAccounts } from '../contact-accounts/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { iso } from '../records/iso.ts'
import type { Plain } from '../records/plain.ts'
import { envelopeOf, isOwner } from '../records/record-table.ts'
import { contacts } from './table.ts'

/** Contacts as a list shows them, up to WHERE. */
export function selectContactSummaries(db: LeasedDrizzle) {
  return db.select(summary).from(contacts).leftJoin(memberRefs, isOwner(contacts.ownerId))
}

/** Contacts with all their addresses and companies, up to WHERE. */
export function selectContacts(db: LeasedDrizzle) {
  return db.select(whole).from(contacts).leftJoin(memberRefs, isOwner(contacts.ownerId))
}

/** Of the links between contacts and accounts, those that hold today. */
export const currentLink = sql`${contactAccounts.endedOn} is null and ${contactAccounts.deletedAt} is null`

const pointsOfContact = sql`from ${contactPoints} where ${contactPoints.contactId} = ${contacts.id}`
const linksOfContact = sql`from ${contactAccounts} join ${accounts}
  on ${accounts.tenantId} = ${contactAccounts.tenantId} and ${accounts.id} = ${contactAccounts.accountId}
  where ${contactAccounts.contactId} = ${contacts.id}`
const accountsOfContact = sql`${linksOfContact} and ${currentLink}`
const mainAccountFirst = sql`order by ${contactAccounts.isPrimary} desc, ${accounts.name}, ${contactAccounts.id}`

/** The main address of a kind, or the first where none is the main one. */
function mainPoint(kind: 'email' | 'phone'): SQL<string | null> {
  return sql`(select ${contactPoints.value} ${pointsOfContact} and ${contactPoints.kind} = ${kind}
    order by ${contactPoints.isPrimary} desc, ${contactPoints.value} limit 1)`
}

function ofMainAccount(value: SQL): SQL<string | null> {
  return sql`(select ${value} ${accountsOfContact} ${mainAccountFirst} limit 1)`
}

const summary = {
  id: contacts.id,
  displayName: contacts.displayName,
  firstName: contacts.firstName,
  lastName: contacts.lastName,
  jobTitle: contacts.jobTitle,
  ownerId: contacts.ownerId,
  ownerName: memberRefs.displayName,
  status: contacts.status,
  doNotContact: contacts.doNotContact,
  email: mainPoint('email'),
  phone: mainPoint('phone'),
  accountId: ofMainAccount(sql`${accounts.id}`),
  accountName: ofMainAccount(sql`${accounts.name}`),
  ...envelopeOf(contacts),
}

const whole = {
  ...summary,
  timeZone: contacts.timeZone,
  locale: contacts.locale,
  birthday: contacts.birthday,
  points: sql<Plain<ContactPoint>[]>`(select coalesce(jsonb_agg(jsonb_build_object(
      'id', ${contactPoints.id}, 'kind', ${contactPoints.kind}, 'value', ${contactPoints.value},
      'label', ${contactPoints.label}, 'isPrimary', ${contactPoints.isPrimary},
      'optedOutAt', ${iso(contactPoints.optedOutAt)}, 'bouncedAt', ${iso(contactPoints.bouncedAt)})
    order by ${contactPoints.kind}, ${contactPoints.isPrimary} desc, ${contactPoints.value}), '[]') ${pointsOfContact})`,
  accounts: sql<Plain<ContactAccount>[]>`(select coalesce(jsonb_agg(jsonb_build_object(
      'id', ${contactAccounts.id}, 'accountId', ${accounts.id}, 'accountName', ${accounts.name},
      'role', ${contactAccounts.role}, 'isPrimary', ${contactAccounts.isPrimary}, 'startedOn', ${contactAccounts.startedOn})
      ${mainAccountFirst}), '[]') ${accountsOfContact})`,
  formerAccounts: sql<Plain<FormerAccount>[]>`(select coalesce(jsonb_agg(jsonb_build_object(
      'id', ${contactAccounts.id}, 'accountId', ${accounts.id}, 'accountName', ${accounts.name},
      'role', ${contactAccounts.role}, 'startedOn', ${contactAccounts.startedOn}, 'endedOn', ${contactAccounts.endedOn})
      order by ${contactAccounts.endedOn} desc, ${accounts.name}, ${contactAccounts.id}), '[]')
    ${linksOfContact} and ${contactAccounts.endedOn} is not null and ${contactAccounts.deletedAt} is null)`,
}
