import type { Payment, SettleInput } from '@tenantry/contracts/payments'
import { TenantryError } from '@tenantry/errors'
import { answerOf, isFinal, type Payer } from './payer.ts'

/**
 * Says what became of a payment or refund that is under way, in a person's word: `cancelled` for one that nobody carries out
 * any more. A provider that can be asked knows better: what it says is written down instead, and what it is still at is not
 * called off. Throws NOT_FOUND, RULE_VIOLATED, PAYMENT_PROVIDER_FAILED.
 */
export async function settleByHand(
  { write, provider }: Payer,
  given: Omit<SettleInput, 'status'> & { status: SettleInput['status'] | 'cancelled' },
): Promise<Payment> {
  const payment = await write((db) => db.payments.byId(given.paymentId))
  const { id } = payment
  if (payment.status === given.status) return payment
  if (payment.status !== 'pending') refuse('Only a payment that is under way is settled.')
  const known = payment.provider === provider.name ? await answerOf(provider.find(id)) : undefined
  if (known?.status === 'pending' && given.status === 'cancelled') refuse('The provider is still at it.')
  const { status, reference: providerRef = null } = known === undefined || !isFinal(known) ? given : known
  return write((db) => db.payments.settle({ id, status, providerRef }))
}

function refuse(message: string): never {
  throw new TenantryError('RULE_VIOLATED', { message, data: { field: 'paymentId' } })
}
