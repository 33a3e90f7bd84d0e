import type { Invoice } from '@tenantry/contracts/invoices'
import type { Payment } from '@tenantry/contracts/payments'
import { TenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { answerOf, writeDown, type Payer } from './payer.ts'

export interface LinkPayment {
  /** The invoice, by the hash of its public link. */
  linkHash: Uint8Array
  /** Absent for all that is still to pay. */
  amountMinor?: number | undefined
  source: string
  idempotencyKey: string
}

/**
 * Pays an invoice through a provider. The payment is written down first, as pending, and keeps its part of the invoice; no
 * transaction is open while the provider is asked; then its answer is written down. Whatever happens in between, the same
 * request again goes on where it stopped, and the provider sees one key. Throws LINK_NOT_VALID, RULE_VIOLATED, CONFLICT,
 * PAYMENT_PROVIDER_FAILED.
 */
export async function payInvoice(
  { write, provider, expect }: Payer,
  given: LinkPayment,
): Promise<{ payment: Payment; invoice: Invoice }> {
  const begun = await write(async (db) => {
    const invoice = await db.invoices.byLink(given.linkHash)
    return { invoice, payment: await begin(db, invoice, { ...given, expect, provider: provider.name }) }
  })
  if (begun.payment.status !== 'pending') return begun
  const { id, amountMinor, currency } = begun.payment
  const description = `Invoice ${begun.invoice.number ?? ''}`
  const outcome = await answerOf(provider.charge({ key: id, amountMinor, currency, source: given.source, description }))
  return write(async (db) => {
    const payment = await writeDown(db, begun.payment, outcome)
    return { payment, invoice: await db.invoices.byId(begun.invoice.id) }
  })
}

async function begin(
  db: TenantDb,
  invoice: Invoice,
  { amountMinor, idempotencyKey, provider, expect }: LinkPayment & { provider: string; expect: Payer['expect'] },
): Promise<Payment> {
  // A key is the customer's own word; two customers may choose the same one.
  const key = `${provider}:${invoice.id}:${idempotencyKey}`
  const before = await db.payments.findByKey(key)
  if (before !== undefined && (amountMinor === undefined || amountMinor === before.amountMinor)) return before
  const amount = amountMinor ?? invoice.balanceMinor
  if (amount <= 0) throw new TenantryError('RULE_VIOLATED', { message: 'Nothing of this invoice is left to pay.' })
  await expect()
  return db.payments.record({
    accountId: invoice.accountId,
    amountMinor: amount,
    currency: invoice.currency,
    method: 'card',
    status: 'pending',
    provider,
    idempotencyKey: key,
    allocations: [{ invoiceId: invoice.id, amountMinor: amount }],
  })
}
