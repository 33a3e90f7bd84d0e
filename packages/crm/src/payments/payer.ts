import type { Payment } from '@tenantry/contracts/payments'
import { TenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'
import type { Outcome, PaymentProvider } from './provider.ts'

/** Money moves between two transactions and in none: the work of one transaction in the tenant's database at a time. */
export interface Payer {
  write<T>(work: (db: TenantDb) => Promise<T>): Promise<T>
  provider: PaymentProvider
  /** Says, before anything is written as pending, that somebody has to look what became of it if nobody comes back. */
  expect(): Promise<void>
}

/** Throws PAYMENT_PROVIDER_FAILED when the provider does not answer. */
export async function answerOf<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked
  } catch (cause) {
    throw new TenantryError('PAYMENT_PROVIDER_FAILED', { cause, retryAfterSeconds: 5 })
  }
}

/** Writes down what the provider says; what is not known yet stays as it is. */
export async function writeDown(db: TenantDb, payment: Payment, outcome: Outcome): Promise<Payment> {
  if (!isFinal(outcome)) return payment
  const { status, reference: providerRef } = outcome
  return db.payments.settle({ id: payment.id, status, providerRef })
}

/** Whether a provider is done with it. */
export function isFinal(outcome: Outcome): outcome is Outcome & { status: 'succeeded' | 'failed' } {
  return outcome.status !== 'pending'
}
