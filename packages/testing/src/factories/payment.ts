import { PaymentInput } from '@tenantry/contracts/payments'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'

/** A transfer of 100.00 for no invoice in particular, with a key of its own. */
export function paymentInput(given: { accountId: string } & Partial<z.input<typeof PaymentInput>>): PaymentInput {
  return PaymentInput.parse({
    amountMinor: 10_000,
    currency: 'USD',
    method: 'bank_transfer',
    idempotencyKey: randomUUID(),
    ...given,
  })
}
