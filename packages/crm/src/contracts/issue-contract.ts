import type { Contract, SignerInput } from '@tenantry/contracts/contracts'
import type { Quote } from '@tenantry/contracts/quotes'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { contractBody, type ContractContent } from './body.ts'

/**
 * The contract about an accepted quote, sent to the customer. When nobody is known by an e-mail address it stays a draft,
 * to which somebody adds the one who is to sign.
 */
export async function issueContract(
  db: TenantDb,
  { quote, dates }: Pick<ContractContent, 'quote' | 'dates'>,
): Promise<Contract> {
  const [company, customer, signers] = [
    await db.company.find(),
    await db.accounts.byId(quote.accountId),
    await signersOf(db, quote),
  ]
  const bodyHtml = contractBody({ company: company ?? unknownCompany, customer, quote, dates })
  const draft = await db.contracts.create({
    accountId: quote.accountId,
    quoteId: quote.id,
    eventId: quote.eventId,
    title: quote.title ?? `Contract about ${quote.number}`,
    bodyHtml,
    signers,
  })
  return signers.length === 0 ? draft : db.contracts.send(draft)
}

/** Before the application database has sent the company's settings. */
const unknownCompany = { name: 'The company', locale: 'en' }

/** The contact of the quote, else whoever reads the account's mail. */
async function signersOf(db: TenantDb, { contactId, accountId }: Quote): Promise<SignerInput[]> {
  const role = { role: 'client', signOrder: 1 }
  if (contactId !== null) {
    const { displayName, points } = await db.contacts.byId(contactId)
    const emails = points.filter(({ kind }) => kind === 'email')
    const email = emails.find(({ isPrimary }) => isPrimary) ?? emails[0]
    if (email) return [{ ...role, name: displayName, email: email.value, contactId }]
  }
  const { name, email } = await db.accounts.byId(accountId)
  return email === null ? [] : [{ ...role, name, email, contactId: null }]
}
