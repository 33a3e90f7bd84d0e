import { ContactInput, type Contact, type ContactPatch } from '@tenantry/contracts/contacts'
import type { AccountId, ContactId } from '@tenantry/contracts/ids'
import type { LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import type { Lead } from '@tenantry/contracts/leads'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { onlyMissing } from './only-missing.ts'

/** The contact of a lead, who belongs to its account from now on: a new one, or an existing one that gets what they lack. */
export async function placeContact(
  db: TenantDb,
  lead: Lead,
  { accountId, choice }: { accountId: AccountId; choice: LeadConversionInput['contact'] },
): Promise<ContactId> {
  if (choice.use === 'existing') {
    await db.contacts.amend(choice.id, (before) => missingOf(before, lead, accountId))
    return choice.id
  }
  const { firstName, lastName, ownerId } = lead
  // A contact has a name; of somebody who left none, all that is known is how they can be reached.
  const name =
    firstName === null && lastName === null ? { lastName: lead.displayName.slice(0, 100) } : { firstName, lastName }
  const input = ContactInput.parse({
    ...name,
    ownerId,
    points: pointsOf(lead),
    accounts: [{ accountId, isPrimary: true }],
  })
  return (await db.contacts.create(input)).id
}

function missingOf(before: Contact, lead: Lead, accountId: AccountId): ContactPatch {
  const { firstName, lastName, ownerId } = lead
  const known = before.points.map(({ kind, value }) => `${kind} ${value.toLowerCase()}`)
  const added = pointsOf(lead)
    .filter(({ kind, value }) => !known.includes(`${kind} ${value.toLowerCase()}`))
    .map((point) => ({ ...point, isPrimary: !before.points.some(({ kind }) => kind === point.kind) }))
  const belongs = before.accounts.some((link) => link.accountId === accountId)
  return {
    ...onlyMissing(before, { firstName, lastName, ownerId }),
    ...(added.length > 0 && { points: [...before.points.map(asInput), ...added] }),
    ...(!belongs && {
      accounts: [
        ...before.accounts.map(({ accountId: id, role, isPrimary, startedOn }) => ({
          accountId: id,
          role,
          isPrimary,
          startedOn,
        })),
        { accountId, role: null, isPrimary: before.accounts.length === 0 },
      ],
    }),
  }
}

function pointsOf({ email, phone }: Lead) {
  const points: { kind: 'email' | 'phone'; value: string; label: null; isPrimary: boolean }[] = []
  if (email !== null) points.push({ kind: 'email', value: email, label: null, isPrimary: true })
  if (phone !== null) points.push({ kind: 'phone', value: phone, label: null, isPrimary: true })
  return points
}

function asInput({ kind, value, label, isPrimary }: Contact['points'][number]) {
  return { kind, value, label, isPrimary }
}
