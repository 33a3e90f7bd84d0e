import { addresseeOf } from '@tenantry/crm/addressee'
import type { Contract, Signer } from '@tenantry/contracts/contracts'
import type { QuoteId } from '@tenantry/contracts/ids'
import type { Invoice } from '@tenantry/contracts/invoices'
import type { Quote } from '@tenantry/contracts/quotes'
import { ContractListQuery } from '@tenantry/contracts/contracts'
import { InvoiceListQuery } from '@tenantry/contracts/invoices'
import type { TenantDb, TenantReader } from '../planes.ts'
import type { OpenLink } from './opened-link.ts'

/**
 * Null where somebody else than the quote's addressee signs, or several do: each of them is written to, and a quote is
 * passed on. The link that was sent stays; one that was opened here before leads nowhere any more.
 */
export async function linkToContract(
  db: TenantDb,
  open: OpenLink,
  { quote, contract }: { quote: Pick<Quote, 'contactId' | 'accountId'>; contract: Contract },
): Promise<string | null> {
  const [signer, ...others] = contract.signers
  if (signer === undefined || others.length > 0) return null
  const addressee = await addresseeOf(db, quote)
  if (addressee === undefined || !isSamePerson(signer, addressee)) return null
  const { token, hash } = await open('contract', contract.expiresAt)
  await db.contracts.putOnwardLink(signer.id, hash)
  return token
}

function isSamePerson(one: Addressed, other: Addressed): boolean {
  return one.contactId === other.contactId && one.email.toLowerCase() === other.email.toLowerCase()
}

type Addressed = Pick<Signer, 'contactId' | 'email'>

/** Null for no invoice. The link that was sent stays, as for a contract. */
export async function linkToInvoice(
  db: TenantDb,
  open: OpenLink,
  invoice: Pick<Invoice, 'id' | 'dueOn'> | undefined,
): Promise<string | null> {
  if (invoice === undefined) return null
  const { token, hash } = await open('invoice', invoice.dueOn)
  await db.invoices.putOnwardLink(invoice.id, hash)
  return token
}

/** The newest contract about a quote that somebody was sent, unless it was taken back. */
export async function contractOfQuote(db: TenantReader, quoteId: QuoteId): Promise<Contract | undefined> {
  const filters = { quoteId, status: ['sent', 'viewed', 'signed', 'completed'] }
  const query = ContractListQuery.parse({ filters, sort: 'createdAt', order: 'desc', limit: 1 })
  const [newest] = (await db.contracts.list(query)).rows
  return newest && db.contracts.byId(newest.id)
}

/** The invoice that a complete contract has made due first, of those that are still to pay. */
export async function invoiceOfContract(
  db: TenantReader,
  { quoteId, status }: Contract,
): Promise<Pick<Invoice, 'id' | 'dueOn'> | undefined> {
  if (quoteId === null || status !== 'completed') return undefined
  const filters = { quoteId, status: ['issued'] }
  const query = InvoiceListQuery.parse({ filters, sort: 'dueOn', order: 'asc', limit: 20 })
  return (await db.invoices.list(query)).rows.find(({ balanceMinor }) => balanceMinor > 0)
}
