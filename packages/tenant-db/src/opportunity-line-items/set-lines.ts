import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import type { OpportunityLine, OpportunityLinesInput } from '@tenantry/contracts/opportunity-lines'
import { sql } from 'drizzle-orm'
import { opportunityRecord } from '../opportunities/record.ts'
import type { Acting } from '../records/acting.ts'
import { lockRecord, writeChange } from '../records/change-record.ts'
import { stillStands, valuesBefore } from '../records/diff.ts'
import { findChange } from '../records/history.ts'
import { lockAndRead } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { explainRefusal } from '../records/refusal.ts'
import { staleWrite } from '../records/stale-write.ts'
import { amountOf, linesOf } from './lines.ts'
import { opportunityLineItems as items } from './table.ts'

/**
 * Replaces the lines of an opportunity, and its amount by what they come to, in one transaction: nobody ever sees an amount
 * that is not the sum of its lines. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED.
 */
export async function setLines(acting: Acting, { lines, ...at }: OpportunityLinesInput): Promise<Opportunity> {
  const { executor } = acting
  const before = await lockRecord(executor, opportunityRecord, at)
  const withLines = await rememberLines(executor, before)
  await replaceLines(acting, at.id, lines)
  const amountMinor = await amountOf(executor, at.id)
  const written = await linesOf(executor, at.id)
  const changes = {
    lines: written.map(remembered),
    amountSource: lines.length === 0 ? 'manual' : 'lines',
    ...(lines.length > 0 && { amountMinor }),
  }
  return writeChange(acting, opportunityRecord, withLines, changes, { action: 'changed' })
}

/**
 * Takes back a change of the lines: they, the amount and where it comes from are as before. Undefined for a change that is
 * not about lines. Throws NOT_FOUND, STALE_WRITE when lines or amount have changed since.
 */
export async function undoLines(acting: Acting, id: string, changeId: string): Promise<Opportunity | undefined> {
  const { executor } = acting
  const change = await findChange(executor, { entity: opportunityRecord.entity, entityId: id, changeId })
  const lines = change?.diff['lines']?.from
  if (change === undefined || lines === undefined) return undefined
  const before = await rememberLines(executor, await lockAndRead(executor, opportunityRecord, id))
  if (!stillStands(change.diff, before))
    throw await staleWrite(executor, opportunityRecord, before, change.versionAfter ?? before.version)
  await replaceLines(acting, id, lines)
  return writeChange(acting, opportunityRecord, before, valuesBefore(change.diff), {
    action: 'undone',
    undoOf: changeId,
  })
}

/** With its lines, which its row does not hold, so that history knows the old ones. */
async function rememberLines(executor: Executor, opportunity: Opportunity) {
  return { ...opportunity, lines: (await linesOf(executor, opportunity.id)).map(remembered) }
}

async function replaceLines({ executor, actor }: Acting, opportunityId: string, lines: unknown): Promise<void> {
  try {
    await inOneTrip([
      executor.run(removeLines, { opportunityId }),
      executor.run(putLines, { opportunityId, lines: JSON.stringify(lines), actorId: actor.id }),
    ])
  } catch (error) {
    throw explainRefusal(error, refusals)
  }
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
