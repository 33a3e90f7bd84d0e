import type { DuplicateCandidates } from '@tenantry/contracts/duplicates'
import type { AccountId, ContactId } from '@tenantry/contracts/ids'
import type { TenantReader } from '@tenantry/tenant-db/types'

/** Companies that may be the same as this one, by name, address or telephone. Throws NOT_FOUND. */
export async function accountDuplicates(db: TenantReader, id: AccountId): Promise<DuplicateCandidates['accounts']> {
  const { name, email, phone } = await db.accounts.byId(id)
  const { accounts } = await db.duplicates.like({ company: name, person: null, email, phone })
  return accounts.filter((account) => account.id !== id)
}

/** People who may be the same as this one, by name or by any of their addresses. Throws NOT_FOUND. */
export async function contactDuplicates(db: TenantReader, id: ContactId): Promise<DuplicateCandidates['contacts']> {
  const { displayName, points } = await db.contacts.byId(id)
  const of = (kind: 'email' | 'phone') => points.flatMap((point) => (point.kind === kind ? [point.value] : []))
  const [emails, phones] = [of('email'), of('phone')]
  const known = new Map<ContactId, DuplicateCandidates['contacts'][number]>()
  for (let index = 0; index < Math.max(1, emails.length, phones.length); index++) {
    const [email, phone] = [emails[index] ?? null, phones[index] ?? null]
    const { contacts } = await db.duplicates.like({ company: null, person: displayName, email, phone })
    for (const contact of contacts) {
      const alike = new Set([...(known.get(contact.id)?.alike ?? []), ...contact.alike])
      if (contact.id !== id) known.set(contact.id, { ...contact, alike: [...alike].sort() })
    }
  }
  return [...known.values()].toSorted((a, b) => b.alike.length - a.alike.length)
}
