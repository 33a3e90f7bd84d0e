import { statement } from '@tenantry/connections/statement'
import type { QuoteLine, QuoteLineInput } from '@tenantry/contracts/document-lines'
import { sql } from 'drizzle-orm'
import { quoteLineItems as items } from '../quote-line-items/table.ts'
import type { Plain } from '../records/plain.ts'
import { quotes } from './table.ts'

/** Joins the lines of each quote, in order, as one column. */
export const linesInOrder = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', ${items.id}, 'name', ${items.name}, 'description', ${items.description}, 'quantity', ${items.quantity}::text,
      'unitPriceMinor', ${items.unitPriceMinor}, 'discountMinor', ${items.discountMinor}, 'taxPpm', ${items.taxPpm},
      'isOptional', ${items.isOptional}, 'isSelected', ${items.isSelected}, 'netMinor', ${items.netMinor})
      order by ${items.position}), '[]') as "list"
  from ${items} where ${items.tenantId} = ${quotes.tenantId} and ${items.quoteId} = ${quotes.id}
) as "lines"`
export const lineList = sql<Plain<QuoteLine>[]>`"lines"."list"`

/** Lines as inputs and history write them. */
export function asInput(lines: readonly QuoteLine[]): QuoteLineInput[] {
  return lines.map((line) => {
    const { id: _, netMinor: __, ...input } = line
    return input
  })
}

type None = Record<string, never>
const quoteId = sql.placeholder('quoteId')

export const deleteLines = statement<{ quoteId: string }, None>((db) =>
  db.execute(sql`delete from ${items} where quote_id = ${quoteId}`),
)

/** `lines` is the JSON of the whole list. */
export const insertLines = statement<{ quoteId: string; lines: string }, None>((db) =>
  db.execute(sql`
    insert into ${items} (quote_id, position, name, description, quantity, unit_price_minor, discount_minor, tax_ppm,
      is_optional, is_selected)
    select ${quoteId}::uuid, given.position, l.name, l.description, l.quantity, l."unitPriceMinor", l."discountMinor",
      l."taxPpm", l."isOptional", l."isSelected"
    from jsonb_array_elements(${sql.placeholder('lines')}::jsonb) with ordinality as given(line, position),
      jsonb_to_record(given.line) as l(name text, description text, quantity numeric, "unitPriceMinor" bigint,
        "discountMinor" bigint, "taxPpm" integer, "isOptional" boolean, "isSelected" boolean)`),
)
