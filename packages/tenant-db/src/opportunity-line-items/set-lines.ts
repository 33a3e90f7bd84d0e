import { statement } from '@tenantry/connections/statement'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import type { OpportunityLine, OpportunityLinesInput } from '@tenantry/contracts/opportunity-lines'
import { sql } from 'drizzle-orm'
import { opportunityRecord } from '../opportunities/record.ts'
import type { Acting } from '../records/acting.ts'
import { lockRecord, writeChange } from '../records/change-record.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { explainRefusal } from '../records/refusal.ts'
import { amountOf, linesOf } from './lines.ts'
import { opportunityLineItems as items } from './table.ts'

/**
 * Replaces the lines of an opportunity, and its amount by what they come to, in one transaction: nobody ever sees an amount
 * that is not the sum of its lines. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED.
 */
export async function setLines(acting: Acting, { lines, ...at }: OpportunityLinesInput): Promise<Opportunity> {
  const { executor, actor } = acting
  const before = await lockRecord(executor, opportunityRecord, at)
  const old = await linesOf(executor, at.id)
  try {
    await inOneTrip([
      executor.run(removeLines, { opportunityId: at.id }),
      executor.run(putLines, { opportunityId: at.id, lines: JSON.stringify(lines), actorId: actor.id }),
    ])
  } catch (error) {
    throw explainRefusal(error, refusals)
  }
  const amountMinor = await amountOf(executor, at.id)
  const written = await linesOf(executor, at.id)
  const changes = {
    lines: written.map(remembered),
    amountSource: lines.length === 0 ? 'manual' : 'lines',
    ...(lines.length > 0 && { amountMinor }),
  }
  // With its lines, which its row does not hold, so that history knows the old ones.
  const withLines = { ...before, lines: old.map(remembered) }
  return writeChange(acting, opportunityRecord, withLines, changes, { action: 'changed' })
}

const refusals = {
  opportunity_line_items_catalog_item_fk: { field: 'lines', message: 'There is no such item in the catalogue.' },
  // numeric_value_out_of_range: a quantity times a price that no amount can hold.
  '22003': { field: 'lines', message: 'This is more than an amount can be.' },
}

/** Ids of lines are new each time, and say nothing. */
function remembered(line: OpportunityLine): Omit<OpportunityLine, 'id'> {
  const { id: _, ...rest } = line
  return rest
}

const removeLines = statement<{ opportunityId: string }, never>((db) =>
  db.execute(sql`delete from ${items} where opportunity_id = ${sql.placeholder('opportunityId')}`),
)

const putLines = statement<{ opportunityId: string; lines: string; actorId: string | null }, never>((db) =>
  db.execute(sql`
    insert into ${items} (opportunity_id, position, catalog_item_id, kind, name, description, quantity, unit_price_minor,
      discount_minor, tax_ppm, is_optional, is_selected, created_by, updated_by)
    select ${sql.placeholder('opportunityId')}::uuid, l.n, l."catalogItemId", l.kind, l.name, l.description, l.quantity,
      l."unitPriceMinor", l."discountMinor", l."taxPpm", l."isOptional", l."isSelected",
      ${sql.placeholder('actorId')}::uuid, ${sql.placeholder('actorId')}::uuid
    from rows from (jsonb_to_recordset(${sql.placeholder('lines')}::jsonb) as ("catalogItemId" uuid, kind text, name text,
      description text, quantity numeric, "unitPriceMinor" bigint, "discountMinor" bigint, "taxPpm" integer,
      "isOptional" boolean, "isSelected" boolean)) with ordinality
      as l("catalogItemId", kind, name, description, quantity, "unitPriceMinor", "discountMinor", "taxPpm", "isOptional",
        "isSelected", n)`),
)
