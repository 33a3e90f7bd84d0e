import type { Payment, RefundInput } from '@tenantry/contracts/payments'
import { answerOf, writeDown, type Payer } from './payer.ts'

/**
 * Gives money back. What the provider has taken it gives back itself: the refund is written down first, as pending, then the
 * provider is asked while no transaction is open, then its answer is written down; the same request again goes on where it
 * stopped. Everything else is given back by hand, and written down as done. Throws NOT_FOUND, CONFLICT, RULE_VIOLATED,
 * PAYMENT_PROVIDER_FAILED.
 */
export async function refundPayment({ write, provider, expect }: Payer, input: RefundInput): Promise<Payment> {
  const refund = await write(async (db) => {
    const paid = await db.payments.byId(input.paymentId)
    if (paid.provider === provider.name) await expect()
    return db.payments.refund({ ...input, provider: provider.name })
  })
  if (refund.status !== 'pending' || refund.provider !== provider.name) return refund
  const { id: key, amountMinor, currency } = refund
  const outcome = await answerOf(provider.refund({ key, chargeKey: input.paymentId, amountMinor, currency }))
  return write((db) => writeDown(db, refund, outcome))
}
