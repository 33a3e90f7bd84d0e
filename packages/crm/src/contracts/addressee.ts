import type { SignerInput } from '@tenantry/contracts/contracts'
import type { Quote } from '@tenantry/contracts/quotes'
import type { TenantReader } from '@tenantry/tenant-db/types'

/** To whom a quote was made, as a signer: its contact, else whoever reads the account's mail. Undefined without an address. */
export async function addresseeOf(
  db: TenantReader,
  { contactId, accountId }: Pick<Quote, 'contactId' | 'accountId'>,
): Promise<SignerInput | undefined> {
  const role = { role: 'client', signOrder: 1 }
  if (contactId !== null) {
    const { displayName, points } = await db.contacts.byId(contactId)
    const emails = points.filter(({ kind }) => kind === 'email')
    const email = emails.find(({ isPrimary }) => isPrimary) ?? emails[0]
    if (email) return { ...role, name: displayName, email: email.value, contactId }
  }
  const { name, email } = await db.accounts.byId(accountId)
  return email === null ? undefined : { ...role, name, email, contactId: null }
}
