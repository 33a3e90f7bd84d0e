import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { AccountId, ContactAccountId, ContactId, ContactPointId, UserId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { Email, LocalDate, Locale, PhoneE164, TimeZone, Version, line, optionalLine, orNull } from './scalars.ts'

export const ContactStatus = z.enum(['active', 'inactive'])

/** A way to reach a contact. The list of points in an input replaces the stored list as a whole. */
export const ContactPointInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('email'),
    value: Email,
    label: optionalLine(50).optional(),
    isPrimary: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('phone'),
    value: PhoneE164,
    label: optionalLine(50).optional(),
    isPrimary: z.boolean().default(false),
  }),
])
export type ContactPointInput = z.infer<typeof ContactPointInput>

/** Why nothing is sent to an address: whoever reads it has asked for that, or what was sent there came back. */
export const SilenceReason = z.enum(['opted_out', 'bounced'])
export type SilenceReason = z.infer<typeof SilenceReason>

/** One of the contact's points to which nothing is sent. The list in an input replaces the stored list as a whole. */
export const SilencedPoint = z.strictObject({
  kind: z.enum(['email', 'phone']),
  value: line(320),
  reason: SilenceReason,
})
export type SilencedPoint = z.infer<typeof SilencedPoint>

/** The accounts a contact belongs to; the list in an input replaces the stored list as a whole. */
export const ContactAccountInput = z.strictObject({
  accountId: AccountId,
  role: optionalLine(100).optional(),
  isPrimary: z.boolean().default(false),
  startedOn: orNull(LocalDate).optional(),
})
export type ContactAccountInput = z.infer<typeof ContactAccountInput>

/** The accounts a contact has belonged to; the list in an input replaces the stored list as a whole. */
export const FormerAccountInput = z
  .strictObject({
    accountId: AccountId,
    role: optionalLine(100).optional(),
    startedOn: orNull(LocalDate).optional(),
    endedOn: LocalDate,
  })
  .refine(({ startedOn, endedOn }) => startedOn == null || startedOn <= endedOn, {
    message: 'It cannot have ended before it began.',
    path: ['endedOn'],
  })
export type FormerAccountInput = z.infer<typeof FormerAccountInput>

const fields = {
  firstName: optionalLine(100),
  lastName: optionalLine(100),
  jobTitle: optionalLine(100),
  ownerId: orNull(UserId),
  status: ContactStatus,
  doNotContact: z.boolean(),
  timeZone: orNull(TimeZone),
  locale: orNull(Locale),
  birthday: orNull(LocalDate),
  points: z
    .array(ContactPointInput)
    .max(20)
    .refine(hasOnePrimaryPerKind, 'Only one address of each kind can be the main one.'),
  silenced: z.array(SilencedPoint).max(40),
  accounts: z.array(ContactAccountInput).max(20).refine(hasOnePrimary, 'Only one company can be the main one.'),
  formerAccounts: z.array(FormerAccountInput).max(50),
}

/** A new contact: a first or a last name is needed. */
export const ContactInput = z
  .strictObject({ ...optionalFields(fields), custom: CustomInput.optional() })
  .refine((input) => Boolean(input.firstName || input.lastName), {
    message: 'Give a first or a last name.',
    path: ['firstName'],
  })
export type ContactInput = z.infer<typeof ContactInput>

export const ContactPatch = z.strictObject({ ...optionalFields(fields), custom: CustomInput.optional() })
export type ContactPatch = z.infer<typeof ContactPatch>
export const ContactPatchInput = z.strictObject({ id: ContactId, version: Version, patch: ContactPatch })

export const ContactPoint = z.object({
  id: ContactPointId,
  kind: z.enum(['email', 'phone']),
  value: z.string(),
  label: z.string().nullable(),
  isPrimary: z.boolean(),
  optedOutAt: z.string().nullable(),
  bouncedAt: z.string().nullable(),
})
export type ContactPoint = z.infer<typeof ContactPoint>

export const ContactAccount = z.object({
  id: ContactAccountId,
  accountId: AccountId,
  accountName: z.string(),
  role: z.string().nullable(),
  isPrimary: z.boolean(),
  startedOn: z.string().nullable(),
})
export type ContactAccount = z.infer<typeof ContactAccount>

export const FormerAccount = z.object({
  id: ContactAccountId,
  accountId: AccountId,
  accountName: z.string(),
  role: z.string().nullable(),
  startedOn: z.string().nullable(),
  endedOn: z.string(),
})
export type FormerAccount = z.infer<typeof FormerAccount>

/** A row of the list: the main address of each kind and the main company. */
export const ContactSummary = z.object({
  id: ContactId,
  displayName: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  jobTitle: z.string().nullable(),
  ownerId: UserId.nullable(),
  ownerName: z.string().nullable(),
  status: ContactStatus,
  doNotContact: z.boolean(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  accountId: AccountId.nullable(),
  accountName: z.string().nullable(),
  ...recordEnvelope,
})
export type ContactSummary = z.infer<typeof ContactSummary>

export const Contact = z.object({
  ...ContactSummary.shape,
  timeZone: z.string().nullable(),
  locale: z.string().nullable(),
  birthday: z.string().nullable(),
  points: z.array(ContactPoint),
  accounts: z.array(ContactAccount),
  formerAccounts: z.array(FormerAccount),
})
export type Contact = z.infer<typeof Contact>

export const ContactSort = z.enum(['name', 'updatedAt', 'createdAt'])
export const ContactFilters = z.strictObject({
  custom: CustomFilter.optional(),
  status: z.array(ContactStatus).max(2).optional(),
  ownerId: UserId.optional(),
  accountId: AccountId.optional(),
  doNotContact: z.boolean().optional(),
  ...recordFilters,
})
export const ContactListQuery = z.object({
  ...listBase,
  sort: ContactSort.default('name'),
  filters: ContactFilters.default({}),
})
export type ContactListQuery = z.infer<typeof ContactListQuery>

function hasOnePrimaryPerKind(points: ContactPointInput[]): boolean {
  return ['email', 'phone'].every(
    (kind) => points.filter((point) => point.kind === kind && point.isPrimary).length <= 1,
  )
}

function hasOnePrimary(links: ContactAccountInput[]): boolean {
  return links.filter((link) => link.isPrimary).length <= 1
}
