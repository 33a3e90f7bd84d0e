import type { Contract } from '@tenantry/contracts/contracts'
import type { QuoteId } from '@tenantry/contracts/ids'
import type { Invoice } from '@tenantry/contracts/invoices'
import { ContractListQuery } from '@tenantry/contracts/contracts'
import { InvoiceListQuery } from '@tenantry/contracts/invoices'
import type { TenantDb, TenantReader } from '../planes.ts'
import type { OpenLink } from './opened-link.ts'

/** Null where several sign, or nobody: each of them is written to. A link of this contract from before leads nowhere then. */
export async function linkToContract(db: TenantDb, open: OpenLink, { signers }: Contract): Promise<string | null> {
  const [signer, ...others] = signers
  if (signer === undefined || others.length > 0) return null
  const { token, hash } = await open('contract')
  await db.contracts.putLink(signer.id, hash)
  return token
}

/** Null for no invoice. A link of it from before leads nowhere then. */
export async function linkToInvoice(
  db: TenantDb,
  open: OpenLink,
  invoice: Pick<Invoice, 'id'> | undefined,
): Promise<string | null> {
  if (invoice === undefined) return null
  const { token, hash } = await open('invoice')
  await db.invoices.putLink(invoice.id, hash)
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
): Promise<Pick<Invoice, 'id'> | undefined> {
  if (quoteId === null || status !== 'completed') return undefined
  const filters = { quoteId, status: ['issued'] }
  const query = InvoiceListQuery.parse({ filters, sort: 'dueOn', order: 'asc', limit: 20 })
  return (await db.invoices.list(query)).rows.find(({ balanceMinor }) => balanceMinor > 0)
}
