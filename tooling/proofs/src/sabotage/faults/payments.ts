import type { Fault } from '../fault.ts'

const pending = 'packages/crm/src/payments/pending-payments.test.ts'
const recorded = 'packages/tenant-db/src/payments/payments.test.ts'

/** Taken from what happens to money between us and a provider, and from what remembers it. */
export const paymentFaults: Fault[] = [
  {
    name: 'payments: call off what a provider that does not answer may have taken',
    file: 'packages/crm/src/payments/settle-pending.ts',
    find: "provider.find(id).catch(() => 'silent' as const)",
    replace: 'provider.find(id).catch(() => undefined)',
    caughtBy: {
      file: pending,
      test: 'a provider that does not answer, or is not done yet, leaves a payment as it is',
    },
  },
  {
    name: 'payments: call off what somebody may still come back for',
    file: 'packages/tenant-db/src/payments/under-way.ts',
    find: 'and created_at < now() - make_interval(secs => ',
    replace: 'and created_at < now() + make_interval(secs => ',
    caughtBy: {
      file: pending,
      test: 'a payment that its provider never heard of is called off, and the invoice is free again',
    },
  },
  {
    name: 'payments: forget money that came in after its payment was called off',
    file: 'packages/tenant-db/src/payments/write-payment.ts',
    find: " || (payment.status === 'cancelled' && status === 'succeeded')",
    replace: '',
    caughtBy: {
      file: pending,
      test: 'what a provider took for a payment that was called off meanwhile is booked all the same',
    },
  },
  {
    name: 'payments: write down a refund that the provider was not asked for',
    file: 'packages/tenant-db/src/payments/refund-payment.ts',
    find: "status: provider === null ? 'succeeded' : 'pending',",
    replace: "status: 'succeeded',",
    caughtBy: {
      file: pending,
      test: 'what a provider took it gives back itself, once, also for whoever dies meanwhile',
    },
  },
  {
    name: 'payments: pay an invoice without a line in its history',
    file: 'packages/tenant-db/src/payments/allocate.ts',
    find: "if (payment.status === 'succeeded') await tellInvoices",
    replace: 'if (payment.status === undefined) await tellInvoices',
    caughtBy: {
      file: recorded,
      test: 'what becomes of a payment stands in its history, and what it pays in that of each invoice',
    },
  },
  {
    name: 'payments: tell nobody that a payment may stay pending',
    file: 'packages/crm/src/payments/pay-invoice.ts',
    find: '  await expect()',
    replace: '',
    caughtBy: {
      file: 'tooling/proofs/src/payment-turns/payment-turns.test.ts',
      test: 'what a customer of alder leaves pending a worker settles, and the company is not looked at any more',
    },
  },
]
