import { z } from 'zod'
import { MinorUnits, Quantity, RatePpm, SignedMinorUnits, line, optionalLine, orNull, text } from './scalars.ts'

const priced = {
  name: line(200),
  description: orNull(text(2_000)).default(null),
  quantity: Quantity.default('1.000'),
  unitPriceMinor: SignedMinorUnits,
  discountMinor: MinorUnits.default(0),
  taxPpm: RatePpm.default(0),
}

/** A line of an invoice. What it comes to follows from it by the one rounding rule. */
export const InvoiceLineInput = z.strictObject({ ...priced, taxName: optionalLine(40).default(null) })
export type InvoiceLineInput = z.infer<typeof InvoiceLineInput>

/** A line of a quote; an optional one counts while it is selected. */
export const QuoteLineInput = z.strictObject({
  ...priced,
  isOptional: z.boolean().default(false),
  isSelected: z.boolean().default(true),
})
export type QuoteLineInput = z.infer<typeof QuoteLineInput>

const shown = {
  name: z.string(),
  description: z.string().nullable(),
  quantity: z.string(),
  unitPriceMinor: SignedMinorUnits,
  discountMinor: SignedMinorUnits,
  taxPpm: RatePpm,
}
/** A line as it reads, with its net amount; the list is in the order of the document. */
export const InvoiceLine = z.object({ ...shown, taxName: z.string().nullable(), netMinor: SignedMinorUnits })
export type InvoiceLine = z.infer<typeof InvoiceLine>
export const QuoteLine = z.object({
  ...shown,
  isOptional: z.boolean(),
  isSelected: z.boolean(),
  netMinor: SignedMinorUnits,
})
export type QuoteLine = z.infer<typeof QuoteLine>

/** What the lines of a document come to: `totalMinor` is `subtotalMinor - discountMinor + taxMinor`. */
export const documentTotals = {
  subtotalMinor: SignedMinorUnits,
  discountMinor: SignedMinorUnits,
  taxMinor: SignedMinorUnits,
  totalMinor: SignedMinorUnits,
}

export const linesOf = <Line extends z.ZodType>(schema: Line) =>
  z.array(schema).max(200, 'A document has at most 200 lines.')
