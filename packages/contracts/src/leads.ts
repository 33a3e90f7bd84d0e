import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { AccountId, ContactId, LeadId, OpportunityId, UserId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import {
  Currency,
  Email,
  Instant,
  LocalDate,
  MinorUnits,
  PhoneE164,
  Version,
  optionalLine,
  orNull,
  text,
} from './scalars.ts'

export const LeadKind = z.enum(['person', 'company'])
export const LeadStatus = z.enum(['new', 'contacted', 'qualified', 'unqualified', 'converted'])
/** What a person can set; `converted` comes of a conversion alone. */
export const OpenLeadStatus = LeadStatus.exclude(['converted'])

const guests = z.int().min(0).max(1_000_000)

const optional = {
  firstName: optionalLine(100),
  lastName: optionalLine(100),
  company: optionalLine(200),
  email: orNull(Email),
  phone: orNull(PhoneE164),
  source: optionalLine(100),
  ownerId: orNull(UserId),
  /** Needed while the status is `unqualified`. */
  unqualifiedReason: optionalLine(200),
  eventType: optionalLine(80),
  wantedOn: orNull(LocalDate),
  wantedVenue: optionalLine(200),
  guestCount: orNull(guests),
  budgetMinor: orNull(MinorUnits),
  currency: orNull(Currency),
  message: orNull(text(20_000)),
}

/** Somebody who may become a customer: a name, a company or a way to reach them is needed. */
export const LeadInput = z
  .strictObject({
    kind: LeadKind.default('person'),
    status: OpenLeadStatus.default('new'),
    ...optionalFields(optional),
    custom: CustomInput.optional(),
  })
  .refine((lead) => lead.firstName ?? lead.lastName ?? lead.company ?? lead.email ?? lead.phone, {
    path: ['lastName'],
    message: 'Give a name, a company or a way to reach them.',
  })
export type LeadInput = z.infer<typeof LeadInput>

export const LeadPatch = z.strictObject({
  kind: LeadKind.optional(),
  status: OpenLeadStatus.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type LeadPatch = z.infer<typeof LeadPatch>
export const LeadPatchInput = z.strictObject({ id: LeadId, version: Version, patch: LeadPatch })

export const Lead = z.object({
  id: LeadId,
  /** The person, else the company, else the address. */
  displayName: z.string(),
  kind: LeadKind,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  company: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  status: LeadStatus,
  source: z.string().nullable(),
  ownerId: UserId.nullable(),
  ownerName: z.string().nullable(),
  unqualifiedReason: z.string().nullable(),
  eventType: z.string().nullable(),
  wantedOn: z.string().nullable(),
  wantedVenue: z.string().nullable(),
  guestCount: z.int().nullable(),
  budgetMinor: MinorUnits.nullable(),
  currency: z.string().nullable(),
  message: z.string().nullable(),
  /** When it first left the status `new`. */
  firstResponseAt: Instant.nullable(),
  convertedAt: Instant.nullable(),
  convertedBy: UserId.nullable(),
  convertedAccountId: AccountId.nullable(),
  convertedContactId: ContactId.nullable(),
  convertedOpportunityId: OpportunityId.nullable(),
  ...recordEnvelope,
})
export type Lead = z.infer<typeof Lead>

/** `queue` has those nobody has answered first, the oldest of them at the top. */
export const LeadSort = z.enum(['queue', 'name', 'wantedOn', 'updatedAt', 'createdAt'])
export const LeadFilters = z.strictObject({
  custom: CustomFilter.optional(),
  status: z.array(LeadStatus).max(5).optional(),
  kind: LeadKind.optional(),
  ownerId: UserId.optional(),
  source: z.string().max(100).optional(),
  eventType: z.string().max(80).optional(),
  currency: Currency.optional(),
  convertedAccountId: AccountId.optional(),
  convertedContactId: ContactId.optional(),
  convertedOpportunityId: OpportunityId.optional(),
  ...spanOf('wanted', LocalDate),
  ...spanOf('guests', guests),
  ...spanOf('budget', MinorUnits),
  ...recordFilters,
})
export const LeadListQuery = z.object({
  ...listBase,
  sort: LeadSort.default('queue'),
  filters: LeadFilters.default({}),
})
export type LeadListQuery = z.infer<typeof LeadListQuery>
