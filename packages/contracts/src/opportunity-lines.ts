import { z } from 'zod'
import { CatalogItemId, OpportunityId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { MinorUnits, RatePpm, Version, line, orNull, text } from './scalars.ts'

export const LineKind = z.enum(['package', 'add_on', 'service', 'fee', 'custom', 'discount'])
/** Up to three decimals, as exact text: `1.5` hours. */
const Quantity = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, 'Use a number with up to three decimals.')

const optional = { catalogItemId: orNull(CatalogItemId), description: orNull(text(5_000)) }

/** What is offered. A line of the kind `discount` is taken off; an optional line counts when it is selected. */
export const OpportunityLineInput = z.strictObject({
  kind: LineKind,
  name: line(200),
  quantity: Quantity.default('1'),
  unitPriceMinor: MinorUnits,
  discountMinor: MinorUnits.default(0),
  taxPpm: RatePpm.default(0),
  isOptional: z.boolean().default(false),
  isSelected: z.boolean().default(true),
  ...optionalFields(optional),
})
export type OpportunityLineInput = z.infer<typeof OpportunityLineInput>

/** All lines of an opportunity in their order; they replace the stored ones as a whole. None makes the amount one set by hand. */
export const OpportunityLinesInput = z.strictObject({
  id: OpportunityId,
  version: Version,
  lines: z.array(OpportunityLineInput).max(200),
})
export type OpportunityLinesInput = z.infer<typeof OpportunityLinesInput>

export const OpportunityLine = z.object({
  id: z.uuid(),
  catalogItemId: CatalogItemId.nullable(),
  kind: LineKind,
  name: z.string(),
  description: z.string().nullable(),
  quantity: z.string(),
  unitPriceMinor: z.int(),
  discountMinor: z.int(),
  taxPpm: z.int(),
  isOptional: z.boolean(),
  isSelected: z.boolean(),
  /** Quantity times price, rounded half away from zero, less the discount of the line; without tax. */
  netMinor: z.int(),
})
export type OpportunityLine = z.infer<typeof OpportunityLine>
