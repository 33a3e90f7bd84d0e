import type { Contract } from '@tenantry/contracts/contracts'
import { notationFor } from '@tenantry/documents/notation'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { addresseeOf } from './addressee.ts'
import { contractBody, type ContractContent } from './body.ts'

/**
 * The contract about an accepted quote, sent to the customer. When nobody is known by an e-mail address it stays a draft,
 * to which somebody adds the one who is to sign.
 */
export async function issueContract(
  db: TenantDb,
  { quote, dates }: Pick<ContractContent, 'quote' | 'dates'>,
): Promise<Contract> {
  const company = (await db.company.find()) ?? unknownCompany
  const [customer, signer] = [await db.accounts.byId(quote.accountId), await addresseeOf(db, quote)]
  const notation = notationFor(company.locale, quote.currency)
  const draft = await db.contracts.create({
    accountId: quote.accountId,
    quoteId: quote.id,
    eventId: quote.eventId,
    title: quote.title ?? notation.words.contractAbout(quote.number),
    bodyHtml: contractBody({ company, customer, quote, dates }, notation),
    signers: signer === undefined ? [] : [signer],
  })
  return signer === undefined ? draft : db.contracts.send(draft)
}

/** Before the application database has sent the company's settings. */
const unknownCompany = { name: 'The company', locale: 'en' }
