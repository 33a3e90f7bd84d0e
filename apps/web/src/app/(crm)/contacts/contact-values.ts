import type { Contact, ContactInput, SilencedPoint } from '@tenantry/contracts/contacts'
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
    silenced: contact.points.flatMap(({ kind, value, optedOutAt, bouncedAt }) => [
      ...(optedOutAt === null ? [] : [{ kind, value, reason: 'opted_out' as const }]),
      ...(bouncedAt === null ? [] : [{ kind, value, reason: 'bounced' as const }]),
    ]),
    accounts: contact.accounts.map(({ accountId, role, isPrimary, startedOn }) => ({
      accountId,
      role,
      isPrimary,
      startedOn,
    })),
    formerAccounts: contact.formerAccounts.map(({ accountId, role, startedOn, endedOn }) => ({
      accountId,
      role,
      startedOn,
      endedOn,
    })),
  } satisfies ContactValues
}

/** Only what the contact still has can be silenced: an address that was changed in the form starts anew. */
export function withoutStraySilence(input: ContactInput): ContactInput {
  const { points = [], silenced } = input
  const isThere = ({ kind, value }: SilencedPoint) =>
    points.some((point) => point.kind === kind && point.value.toLowerCase() === value.toLowerCase())
  return silenced === undefined ? input : { ...input, silenced: silenced.filter(isThere) }
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
    silenced: [],
    accounts: accountId === null ? [] : [{ accountId, role: null, isPrimary: true, startedOn: null }],
    formerAccounts: [],
  }
}
