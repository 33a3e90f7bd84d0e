import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { BillTo, Invoice } from '@tenantry/contracts/invoices'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { accounts } from '../accounts/table.ts'
import { today } from '../company/table.ts'
import { assertStatus } from '../documents/assert-draft.ts'
import { takeNumber } from '../number-series/take-number.ts'
import type { Acting } from '../records/acting.ts'
import { lockRecord, transactionTime, writeChange, type RecordVersion } from '../records/change-record.ts'
import { found } from '../records/found.ts'
import { lockAndRead } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { invoiceRecord } from './record.ts'

/**
 * Gives a draft its number, its day and the customer's address of today; from here on it does not change any more. Throws
 * NOT_FOUND, STALE_WRITE, and RULE_VIOLATED for a draft that claims nothing, or whose parts are not its total.
 */
export async function issueInvoice(acting: Acting, at: RecordVersion): Promise<Invoice> {
  const { executor } = acting
  const before = await lockRecord(executor, invoiceRecord, at)
  assertStatus(before, ['draft'], 'This invoice was issued already.')
  if (before.totalMinor <= 0) refuse('The total of an invoice is more than nothing.', 'lines')
  const planned = before.schedule.reduce((sum, part) => sum + BigInt(part.amountMinor), 0n)
  if (before.schedule.length > 0 && planned !== BigInt(before.totalMinor)) {
    refuse('The parts in which it is paid do not sum up to its total.', 'schedule')
  }
  const [now, customer] = await inOneTrip([transactionTime(executor), customerOf(executor, before.accountId)])
  const lastPart = before.schedule
    .map(({ dueOn }) => dueOn)
    .toSorted()
    .at(-1)
  const number = await takeNumber(executor, before.kind === 'credit_note' ? 'credit_note' : 'invoice')
  const changes = {
    status: 'issued',
    number,
    issuedOn: customer.today,
    dueOn: lastPart ?? before.dueOn ?? customer.dueOn,
    billTo: customer.billTo,
    sentAt: now,
  }
  return writeChange(acting, invoiceRecord, before, changes, { action: 'issued' })
}

/** The customer has seen it; only the first time is remembered. */
export async function viewInvoice(acting: Acting, id: string): Promise<Invoice> {
  const before = await lockAndRead(acting.executor, invoiceRecord, id)
  if (before.viewedAt !== null || before.status !== 'issued') return before
  const viewedAt = await transactionTime(acting.executor)
  return writeChange(acting, invoiceRecord, before, { viewedAt }, { action: 'viewed' })
}

/** Whom a document is addressed to, as the account says at this moment, and when the account pays. */
export async function customerOf(executor: Executor, accountId: string) {
  const [customer] = await executor.run(selectCustomer, { accountId })
  return found(customer)
}

type Customer = { today: string; dueOn: string; billTo: BillTo }
const selectCustomer = statement<{ accountId: string }, Customer>((db) =>
  db.execute<Customer>(sql`
    select ${today} as today, ${today} + coalesce(${accounts.paymentTermsDays}, 14) as "dueOn", jsonb_build_object(
      'name', ${accounts.name}, 'line1', ${accounts.billingLine1}, 'line2', ${accounts.billingLine2},
      'city', ${accounts.billingCity}, 'region', ${accounts.billingRegion}, 'postalCode', ${accounts.billingPostalCode},
      'country', ${accounts.billingCountry}, 'taxId', ${accounts.taxId}) as "billTo"
    from ${accounts} where ${accounts.id} = ${sql.placeholder('accountId')}`),
)

function refuse(message: string, field: string): never {
  throw new TenantryError('RULE_VIOLATED', { message, data: { field } })
}
