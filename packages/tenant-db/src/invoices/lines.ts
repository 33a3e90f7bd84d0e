import { statement } from '@tenantry/connections/statement'
import type { InvoiceLine, InvoiceLineInput } from '@tenantry/contracts/document-lines'
import type { Instalment } from '@tenantry/contracts/invoices'
import { sql } from 'drizzle-orm'
import { invoiceLineItems as items } from '../invoice-line-items/table.ts'
import { paymentSchedule as parts } from '../payment-schedule/table.ts'
import type { Plain } from '../records/plain.ts'
import { invoices } from './table.ts'

/** Joins the lines of each invoice, in order, as one column. */
export const linesInOrder = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
      'name', ${items.name}, 'description', ${items.description}, 'quantity', ${items.quantity}::text,
      'unitPriceMinor', ${items.unitPriceMinor}, 'discountMinor', ${items.discountMinor}, 'taxPpm', ${items.taxPpm},
      'taxName', ${items.taxName}, 'netMinor', ${items.netMinor}) order by ${items.position}), '[]') as "list"
  from ${items} where ${items.tenantId} = ${invoices.tenantId} and ${items.invoiceId} = ${invoices.id}
) as "lines"`
export const lineList = sql<Plain<InvoiceLine>[]>`"lines"."list"`

/** Joins the parts in which each invoice is to be paid. */
export const partsInOrder = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('label', ${parts.label}, 'dueOn', ${parts.dueOn},
      'amountMinor', ${parts.amountMinor}) order by ${parts.position}), '[]') as "list"
  from ${parts} where ${parts.tenantId} = ${invoices.tenantId} and ${parts.invoiceId} = ${invoices.id}
) as "parts"`
export const partList = sql<Plain<Instalment>[]>`"parts"."list"`

/** Lines as inputs and history write them. */
export function asInput(lines: readonly InvoiceLine[]): InvoiceLineInput[] {
  return lines.map((line) => {
    const { netMinor: _, ...input } = line
    return input
  })
}

type None = Record<string, never>
const invoiceId = sql.placeholder('invoiceId')

export const deleteLines = statement<{ invoiceId: string }, None>((db) =>
  db.execute(sql`delete from ${items} where invoice_id = ${invoiceId}`),
)

/** `lines` is the JSON of the whole list. */
export const insertLines = statement<{ invoiceId: string; lines: string }, None>((db) =>
  db.execute(sql`
    insert into ${items} (invoice_id, position, name, description, quantity, unit_price_minor, discount_minor, tax_ppm, tax_name)
    select ${invoiceId}::uuid, given.position, l.name, l.description, l.quantity, l."unitPriceMinor", l."discountMinor",
      l."taxPpm", l."taxName"
    from jsonb_array_elements(${sql.placeholder('lines')}::jsonb) with ordinality as given(line, position),
      jsonb_to_record(given.line) as l(name text, description text, quantity numeric, "unitPriceMinor" bigint,
        "discountMinor" bigint, "taxPpm" integer, "taxName" text)`),
)

export const deleteParts = statement<{ invoiceId: string }, None>((db) =>
  db.execute(sql`delete from ${parts} where invoice_id = ${invoiceId}`),
)

/** `parts` is the JSON of the whole schedule. */
export const insertParts = statement<{ invoiceId: string; parts: string }, None>((db) =>
  db.execute(sql`
    insert into ${parts} (invoice_id, position, label, due_on, amount_minor)
    select ${invoiceId}::uuid, given.position, p.label, p."dueOn", p."amountMinor"
    from jsonb_array_elements(${sql.placeholder('parts')}::jsonb) with ordinality as given(part, position),
      jsonb_to_record(given.part) as p(label text, "dueOn" date, "amountMinor" bigint)`),
)
