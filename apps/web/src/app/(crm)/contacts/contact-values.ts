import type { Contact, ContactInput } from '@tenantry/contracts/contacts'
import type { AccountId, UserId } from '@tenantry/contracts/ids'
import type { z } from 'zod'

/** What the form of a contact holds. */
export type ContactValues = z.input<typeof ContactInput>

/** The record as the contract of its input names and orders things, so that both can be compared. */
export function contactValues(contact: Contact) {
  return {
    firstName: contact.firstName,
    lastName: contact.lastName,
    jobTitle: contact.jobTitle,
    ownerId: contact.ownerId,
    status: contact.status,
    doNotContact: contact.doNotContact,
    timeZone: contact.timeZone,
    locale: contact.locale,
    birthday: contact.birthday,
    custom: contact.custom,
    points: contact.points.map(({ kind, value, label, isPrimary }) => ({ kind, value, label, isPrimary })),
    accounts: contact.accounts.map(({ accountId, role, isPrimary }) => ({ accountId, role, isPrimary })),
  } satisfies ContactValues
}

/** A new contact belongs to whoever adds it, and is in a company from the start when it is made from there. */
export function newContactValues(ownerId: UserId, accountId: AccountId | null): ContactValues {
  return {
    firstName: null,
    lastName: null,
    jobTitle: null,
    ownerId,
    status: 'active',
    doNotContact: false,
    timeZone: null,
    locale: null,
    birthday: null,
    custom: {},
    points: [],
    accounts: accountId === null ? [] : [{ accountId, role: null, isPrimary: true }],
  }
}
