import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { ContactId, LocationId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { CountryCode, TimeZone, Version, line, optionalLine, orNull, text } from './scalars.ts'

export const LocationKind = z.enum(['venue', 'client_site', 'warehouse', 'virtual'])
/** Degrees with up to six decimals, as exact text. */
const degrees = (limit: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,6})?$/, 'Use degrees such as 52.520008.')
    .refine((value) => Math.abs(Number(value)) <= limit, `Use degrees between -${limit} and ${limit}.`)

const capacity = z.int().min(0).max(1_000_000)

const optional = {
  line1: optionalLine(200),
  line2: optionalLine(200),
  city: optionalLine(100),
  region: optionalLine(100),
  postalCode: optionalLine(20),
  country: orNull(CountryCode),
  latitude: orNull(degrees(90)),
  longitude: orNull(degrees(180)),
  capacity: orNull(capacity),
  parkingNotes: orNull(text(5_000)),
  loadInNotes: orNull(text(5_000)),
  contactId: orNull(ContactId),
}

/** A new location. Its zone is what local times of events there mean. */
export const LocationInput = z.strictObject({
  name: line(200),
  kind: LocationKind.default('venue'),
  timeZone: TimeZone,
  isOneTime: z.boolean().default(false),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type LocationInput = z.infer<typeof LocationInput>

export const LocationPatch = z.strictObject({
  name: line(200).optional(),
  kind: LocationKind.optional(),
  timeZone: TimeZone.optional(),
  isOneTime: z.boolean().optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type LocationPatch = z.infer<typeof LocationPatch>
export const LocationPatchInput = z.strictObject({ id: LocationId, version: Version, patch: LocationPatch })

export const Location = z.object({
  id: LocationId,
  name: z.string(),
  kind: LocationKind,
  line1: z.string().nullable(),
  line2: z.string().nullable(),
  city: z.string().nullable(),
  region: z.string().nullable(),
  postalCode: z.string().nullable(),
  country: z.string().nullable(),
  latitude: z.string().nullable(),
  longitude: z.string().nullable(),
  timeZone: z.string(),
  capacity: z.int().nullable(),
  parkingNotes: z.string().nullable(),
  loadInNotes: z.string().nullable(),
  isOneTime: z.boolean(),
  contactId: ContactId.nullable(),
  contactName: z.string().nullable(),
  ...recordEnvelope,
})
export type Location = z.infer<typeof Location>

export const LocationSort = z.enum(['name', 'city', 'updatedAt', 'createdAt'])
export const LocationFilters = z.strictObject({
  custom: CustomFilter.optional(),
  kind: z.array(LocationKind).max(4).optional(),
  city: z.string().max(100).optional(),
  country: CountryCode.optional(),
  isOneTime: z.boolean().optional(),
  region: z.string().max(100).optional(),
  contactId: ContactId.optional(),
  ...spanOf('capacity', capacity),
  ...recordFilters,
})
export const LocationListQuery = z.object({
  ...listBase,
  sort: LocationSort.default('name'),
  filters: LocationFilters.default({}),
})
export type LocationListQuery = z.infer<typeof LocationListQuery>
