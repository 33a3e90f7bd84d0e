import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { InvoiceStatus } from '@tenantry/contracts/invoices'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { invoiceBalances } from '../invoices/balances.ts'
import { invoices } from '../invoices/table.ts'
import { paymentAllocations } from '../payment-allocations/table.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { payments } from './table.ts'

/** An invoice as a payment sees it. */
export type OpenInvoice = {
  id: string
  accountId: string
  currency: string
  kind: string
  status: InvoiceStatus
  paidMinor: string
  balanceMinor: string
  /** What can still be allocated: the balance without what is under way. */
  openMinor: string
}

/**
 * Invoices whose open amounts nobody else changes before the transaction ends: read by a second statement, after waiting
 * for whoever was before. Locked in the order of ids, so that nobody waits in a circle. Unknown ones are left out. Throws
 * FORBIDDEN for one that may be seen and not changed.
 */
export async function lockOpenInvoices(executor: Executor, ids: readonly string[]): Promise<OpenInvoice[]> {
  const given = { ids: [...ids] }
  const [locked, open] = await inOneTrip([executor.run(lockThem, given), executor.run(openThem, given)])
  const held = new Set(locked.map(({ id }) => id))
  if (!open.every(({ id }) => held.has(id))) throw new TenantryError('FORBIDDEN')
  return open
}

/** What payments that are under way would pay of an invoice. */
export async function pendingOn(executor: Executor, invoiceId: string): Promise<number> {
  const [row] = await executor.run(pending, { invoiceId })
  return Number(row?.pending ?? 0)
}

const ids = sql`any(${sql.placeholder('ids')}::uuid[])`

const lockThem = statement<{ ids: string[] }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`select id from ${invoices} where id = ${ids} order by id for no key update`),
)

const underWay = (invoiceId: unknown) => sql`(
  select coalesce(sum(a.amount_minor), 0)::bigint from ${paymentAllocations} a
  join ${payments} p on p.tenant_id = a.tenant_id and p.id = a.payment_id
  where a.invoice_id = ${invoiceId} and p.kind = 'payment' and p.status = 'pending')`

const openThem = statement<{ ids: string[] }, OpenInvoice>((db) =>
  db.execute<OpenInvoice>(sql`
    select i.id, i.account_id as "accountId", i.currency, i.kind, i.status, b.paid_minor as "paidMinor",
      b.balance_minor as "balanceMinor", b.balance_minor - ${underWay(sql`i.id`)} as "openMinor"
    from ${invoices} i join ${invoiceBalances} b on b.tenant_id = i.tenant_id and b.id = i.id
    where i.id = ${ids} and i.deleted_at is null`),
)

const pending = statement<{ invoiceId: string }, { pending: string }>((db) =>
  db.execute<{ pending: string }>(sql`select ${underWay(sql`${sql.placeholder('invoiceId')}::uuid`)} as pending`),
)
