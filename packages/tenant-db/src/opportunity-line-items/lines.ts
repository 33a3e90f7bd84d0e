import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { OpportunityLine } from '@tenantry/contracts/opportunity-lines'
import { TenantryError } from '@tenantry/errors'
import { asc, eq, sql } from 'drizzle-orm'
import { found } from '../records/found.ts'
import { asRows } from '../records/plain.ts'
import { opportunityLineItems as items } from './table.ts'

/** The lines of an opportunity in their order. */
export function linesOf(executor: Executor, opportunityId: string): Promise<OpportunityLine[]> {
  return executor.run(inOrder, { opportunityId })
}

/**
 * What they come to: the one place where an amount is made of lines. Rounded by the column `net_minor`, line by line. Throws
 * RULE_VIOLATED when a line or the sum is more than an amount can be.
 */
export async function amountOf(executor: Executor, opportunityId: string): Promise<number> {
  const [row] = await executor.run(amount, { opportunityId })
  const { sum, largest } = found(row)
  if (Number.isSafeInteger(Number(sum)) && Number.isSafeInteger(Number(largest))) return Number(sum)
  throw new TenantryError('RULE_VIOLATED', {
    message: 'This is more than an amount can be.',
    data: { field: 'lines' },
  })
}

const ofOpportunity = eq(items.opportunityId, sql.placeholder('opportunityId'))

const inOrder = statement<{ opportunityId: string }, OpportunityLine>((db) =>
  asRows<OpportunityLine>(
    db
      .select({
        id: items.id,
        catalogItemId: items.catalogItemId,
        kind: items.kind,
        name: items.name,
        description: items.description,
        quantity: items.quantity,
        unitPriceMinor: items.unitPriceMinor,
        discountMinor: items.discountMinor,
        taxPpm: items.taxPpm,
        isOptional: items.isOptional,
        isSelected: items.isSelected,
        netMinor: items.netMinor,
      })
      .from(items)
      .where(ofOpportunity)
      .orderBy(asc(items.position)),
  ),
)

const amount = statement<{ opportunityId: string }, { sum: string; largest: string }>((db) =>
  db.execute<{ sum: string; largest: string }>(sql`
    select coalesce(sum(case when kind = 'discount' then -net_minor else net_minor end)
        filter (where is_selected or not is_optional), 0)::text as sum,
      coalesce(max(abs(net_minor)), 0)::text as largest
    from ${items} where opportunity_id = ${sql.placeholder('opportunityId')}`),
)
