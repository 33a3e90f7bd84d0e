import { z } from 'zod'
import { QuoteLineId } from './ids.ts'
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
/** A line of a draft gets another id whenever the list is replaced; those of a quote that was sent keep theirs. */
export const QuoteLine = z.object({
  id: QuoteLineId,
  ...shown,
  isOptional: z.boolean(),
  isSelected: z.boolean(),
  netMinor: SignedMinorUnits,
})
export type QuoteLine = z.infer<typeof QuoteLine>

/** The lines that the customer is to pay for. */
export function countedLines<Line extends { isOptional: boolean; isSelected: boolean }>(
  lines: readonly Line[],
): Line[] {
  return lines.filter((line) => !line.isOptional || line.isSelected)
}

/** Of a quote's optional lines those that the customer takes, all others being left out; absent, it is as the quote says. */
export const ChosenLines = z.array(QuoteLineId).max(200)

/** What the lines of a document come to: `totalMinor` is `subtotalMinor - discountMinor + taxMinor`. */
export const documentTotals = {
  subtotalMinor: SignedMinorUnits,
  discountMinor: SignedMinorUnits,
  taxMinor: SignedMinorUnits,
  totalMinor: SignedMinorUnits,
}

export const linesOf = <Line extends z.ZodType>(schema: Line) =>
  z.array(schema).max(200, 'A document has at most 200 lines.')
