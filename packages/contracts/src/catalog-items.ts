import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { CatalogItemId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { Currency, MinorUnits, RatePpm, Version, line, optionalLine, orNull, text } from './scalars.ts'

export const CatalogItemKind = z.enum(['package', 'add_on', 'service', 'fee'])

const optional = {
  sku: optionalLine(60),
  description: orNull(text(5_000)),
  taxPpm: orNull(RatePpm),
  durationMinutes: orNull(z.int().min(0).max(525_600)),
}

/** Something the company sells, with its price per unit. */
export const CatalogItemInput = z.strictObject({
  kind: CatalogItemKind,
  name: line(200),
  unit: line(40).default('each'),
  priceMinor: MinorUnits,
  currency: Currency,
  isActive: z.boolean().default(true),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type CatalogItemInput = z.infer<typeof CatalogItemInput>

export const CatalogItemPatch = z.strictObject({
  kind: CatalogItemKind.optional(),
  name: line(200).optional(),
  unit: line(40).optional(),
  priceMinor: MinorUnits.optional(),
  currency: Currency.optional(),
  isActive: z.boolean().optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type CatalogItemPatch = z.infer<typeof CatalogItemPatch>
export const CatalogItemPatchInput = z.strictObject({ id: CatalogItemId, version: Version, patch: CatalogItemPatch })

export const CatalogItem = z.object({
  id: CatalogItemId,
  kind: CatalogItemKind,
  name: z.string(),
  sku: z.string().nullable(),
  description: z.string().nullable(),
  unit: z.string(),
  priceMinor: MinorUnits,
  currency: z.string(),
  taxPpm: z.int().nullable(),
  durationMinutes: z.int().nullable(),
  isActive: z.boolean(),
  ...recordEnvelope,
})
export type CatalogItem = z.infer<typeof CatalogItem>

export const CatalogItemSort = z.enum(['name', 'price', 'updatedAt', 'createdAt'])
export const CatalogItemFilters = z.strictObject({
  custom: CustomFilter.optional(),
  kind: z.array(CatalogItemKind).max(4).optional(),
  currency: Currency.optional(),
  isActive: z.boolean().optional(),
  ...spanOf('price', MinorUnits),
  ...recordFilters,
})
export const CatalogItemListQuery = z.object({
  ...listBase,
  sort: CatalogItemSort.default('name'),
  filters: CatalogItemFilters.default({}),
})
export type CatalogItemListQuery = z.infer<typeof CatalogItemListQuery>
