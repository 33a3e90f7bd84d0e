import { statement } from '@tenantry/connections/statement'
import type { Allocation } from '@tenantry/contracts/payments'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { recordChanges } from '../record-changes/table.ts'
import type { Acting } from '../records/acting.ts'
import { payments } from './table.ts'

/** A row of `payments` as it is written; everything else about it is derived. */
export interface PaymentRow {
  accountId: string
  kind: 'payment' | 'refund'
  refundsPaymentId: string | null
  status: 'pending' | 'succeeded'
  amountMinor: number
  currency: string
  method: string
  /** Null for now. */
  receivedAt: string | null
  provider: string | null
  reference: string | null
  note: string | null
  idempotencyKey: string
}

/**
 * Writes a payment with its line of history, unless one with its key is there already; waits for one that is just being
 * written. Gives its id, or undefined when it was there.
 */
export async function insertOnce(
  { executor, actor }: Acting,
  row: PaymentRow,
  allocations: readonly Allocation[],
): Promise<string | undefined> {
  const id = v7()
  const { kind, status, amountMinor, currency, method, accountId, refundsPaymentId } = row
  const told = { kind, status, amountMinor, currency, method, accountId, refundsPaymentId, allocations }
  const diff = Object.fromEntries(Object.entries(told).map(([field, to]) => [field, { from: null, to }]))
  const by = { actorId: actor.id, actorKind: actor.kind, requestId: actor.requestId }
  const [written] = await executor.run(insert, { id, ...row, ...by, diff: JSON.stringify(diff) })
  return written?.id
}

const p = (name: string) => sql.placeholder(name)
const insert = statement<Record<string, unknown>, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    with written as (
      insert into ${payments} (id, account_id, kind, refunds_payment_id, status, amount_minor, currency, method, received_at,
        provider, idempotency_key, reference, note, created_by)
      values (${p('id')}, ${p('accountId')}, ${p('kind')}, ${p('refundsPaymentId')}, ${p('status')}, ${p('amountMinor')},
        ${p('currency')}, ${p('method')}, coalesce(${p('receivedAt')}::timestamptz, now()), ${p('provider')},
        ${p('idempotencyKey')}, ${p('reference')}, ${p('note')}, ${p('actorId')}::uuid)
      on conflict (tenant_id, idempotency_key) do nothing returning id
    ), line as (
      insert into ${recordChanges} (entity, entity_id, action, diff, version_after, actor_id, actor_kind, request_id)
      select 'payment', written.id, 'created', ${p('diff')}::jsonb, 1, ${p('actorId')}::uuid, ${p('actorKind')}, ${p('requestId')}
      from written
    )
    select id from written`),
)
