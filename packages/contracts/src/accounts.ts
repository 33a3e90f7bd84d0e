import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { AccountId, UserId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters } from './pages.ts'
import { recordEnvelope } from './record.ts'
import {
  CountryCode,
  Currency,
  Email,
  Locale,
  PhoneE164,
  TimeZone,
  Version,
  line,
  optionalLine,
  orNull,
  text,
} from './scalars.ts'

export const AccountKind = z.enum(['person', 'company'])
export const AccountStatus = z.enum(['active', 'inactive', 'blocked'])

const fields = {
  name: line(200),
  kind: AccountKind.default('company'),
  status: AccountStatus.default('active'),
  ownerId: orNull(UserId),
  parentAccountId: orNull(AccountId),
  email: orNull(Email),
  phone: orNull(PhoneE164),
  website: orNull(z.url({ protocol: /^https?$/ }).max(500)),
  industry: optionalLine(100),
  source: optionalLine(100),
  taxId: optionalLine(50),
  defaultCurrency: orNull(Currency),
  paymentTermsDays: orNull(z.int().min(0).max(365)),
  billingLine1: optionalLine(200),
  billingLine2: optionalLine(200),
  billingCity: optionalLine(100),
  billingRegion: optionalLine(100),
  billingPostalCode: optionalLine(20),
  billingCountry: orNull(CountryCode),
  timeZone: orNull(TimeZone),
  locale: orNull(Locale),
  description: orNull(text(20_000)),
}

const { name, kind, status, ...optional } = fields
/** A new account: only the name is needed. */
export const AccountInput = z.strictObject({
  name,
  kind,
  status,
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type AccountInput = z.infer<typeof AccountInput>

/** Fields to change; absent fields stay. */
export const AccountPatch = z.strictObject({
  name: name.optional(),
  kind: AccountKind.optional(),
  status: AccountStatus.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type AccountPatch = z.infer<typeof AccountPatch>

export const Account = z.object({
  id: AccountId,
  name: z.string(),
  kind: AccountKind,
  status: AccountStatus,
  ownerId: UserId.nullable(),
  ownerName: z.string().nullable(),
  parentAccountId: AccountId.nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  industry: z.string().nullable(),
  source: z.string().nullable(),
  taxId: z.string().nullable(),
  defaultCurrency: z.string().nullable(),
  paymentTermsDays: z.int().nullable(),
  billingLine1: z.string().nullable(),
  billingLine2: z.string().nullable(),
  billingCity: z.string().nullable(),
  billingRegion: z.string().nullable(),
  billingPostalCode: z.string().nullable(),
  billingCountry: z.string().nullable(),
  timeZone: z.string().nullable(),
  locale: z.string().nullable(),
  description: z.string().nullable(),
  ...recordEnvelope,
})
export type Account = z.infer<typeof Account>

export const AccountSort = z.enum(['name', 'updatedAt', 'createdAt', 'status', 'city'])
export const AccountFilters = z.strictObject({
  custom: CustomFilter.optional(),
  kind: AccountKind.optional(),
  status: z.array(AccountStatus).max(3).optional(),
  ownerId: UserId.optional(),
  city: z.string().max(100).optional(),
  country: CountryCode.optional(),
  currency: Currency.optional(),
  parentAccountId: AccountId.optional(),
  industry: z.string().max(100).optional(),
  source: z.string().max(100).optional(),
  ...recordFilters,
})
export const AccountListQuery = z.object({
  ...listBase,
  sort: AccountSort.default('name'),
  filters: AccountFilters.default({}),
})
export type AccountListQuery = z.infer<typeof AccountListQuery>

export const AccountPatchInput = z.strictObject({ id: AccountId, version: Version, patch: AccountPatch })
