import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { PaymentId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { payments } from './table.ts'

/** Payments and refunds that a provider has in hand since so long, the oldest first. */
export async function underWay(
  executor: Executor,
  of: { provider: string; olderThanSeconds: number; most: number },
): Promise<PaymentId[]> {
  const rows = await executor.run(selectUnderWay, of)
  return rows.map(({ id }) => id)
}

export async function countUnderWay(executor: Executor, provider: string): Promise<number> {
  const [row] = await executor.run(count, { provider })
  return row?.count ?? 0
}

// What is pending stands in `payments_not_kept`, which has nothing else but what was given back or failed.
const pending = sql`from ${payments} where status = 'pending' and provider = ${sql.placeholder('provider')}`

const selectUnderWay = statement<{ provider: string; olderThanSeconds: number; most: number }, { id: PaymentId }>(
  (db) =>
    db.execute<{ id: PaymentId }>(sql`
    select id ${pending} and created_at < now() - make_interval(secs => ${sql.placeholder('olderThanSeconds')}::int)
    order by created_at, id limit ${sql.placeholder('most')}::int`),
)

const count = statement<{ provider: string }, { count: number }>((db) =>
  db.execute<{ count: number }>(sql`select count(*)::int as count ${pending}`),
)
