import { minorUnits } from '@tenantry/connections/columns'
import { uuid } from 'drizzle-orm/pg-core'
import { bigintIdentity } from '../bigint-identity.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'

/**
 * What issued invoices claim, less what was credited and everything that was allocated to them, whether it arrived or not.
 * Kept like `opportunitySums`: triggers on invoices and allocations add lines and never change one, what counts is the sum of
 * an invoice's lines, and every so many lines a writer gathers them. Of what is settled nothing is left.
 *
 * Everybody's, as allocations are: it is read beside the invoices that somebody sees, and whoever writes one adds to it.
 */
export const invoiceSums = crm.table(
  'invoice_sums',
  {
    ...tenantKey(),
    id: bigintIdentity('id'),
    invoiceId: uuid('invoice_id').notNull(),
    leftMinor: minorUnits('left_minor').notNull(),
  },
  (t) => [...tenantRules('invoice_sums', [t.tenantId, t.id])],
)
