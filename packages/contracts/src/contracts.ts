import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { Drawing } from './drawing.ts'
import { AccountId, AttachmentId, ContactId, ContractId, ContractSignerId, EventId, QuoteId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { Email, Instant, Version, line, optionalLine, orNull, text } from './scalars.ts'

export const ContractStatus = z.enum([
  'draft',
  'sent',
  'viewed',
  'signed',
  'completed',
  'declined',
  'voided',
  'expired',
])
export type ContractStatus = z.infer<typeof ContractStatus>
export const SignatureKind = z.enum(['typed', 'drawn'])
export type SignatureKind = z.infer<typeof SignatureKind>

/** Somebody who is to sign. Those of a lower order sign first. */
export const SignerInput = z.strictObject({
  name: line(200),
  email: Email,
  contactId: orNull(ContactId).default(null),
  role: line(40).default('client'),
  signOrder: z.int().min(1).max(20).default(1),
})
export type SignerInput = z.infer<typeof SignerInput>
const signers = z.array(SignerInput).max(20)

const optional = {
  quoteId: orNull(QuoteId),
  reference: optionalLine(100),
  notes: orNull(text(20_000)),
  expiresAt: orNull(Instant),
}
/** What is signed, in plain HTML without scripts. */
const bodyHtml = text(500_000)

export const ContractInput = z.strictObject({
  accountId: AccountId,
  title: line(200),
  bodyHtml: bodyHtml.default(''),
  signers: signers.default([]),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type ContractInput = z.infer<typeof ContractInput>

/** Only a draft can be changed. `signers` replaces the list. */
export const ContractPatch = z.strictObject({
  title: line(200).optional(),
  bodyHtml: bodyHtml.optional(),
  signers: signers.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type ContractPatch = z.infer<typeof ContractPatch>
export const ContractPatchInput = z.strictObject({ id: ContractId, version: Version, patch: ContractPatch })

export const Signer = z.object({
  id: ContractSignerId,
  name: z.string(),
  email: z.string(),
  contactId: ContactId.nullable(),
  role: z.string(),
  signOrder: z.int(),
  viewedAt: Instant.nullable(),
  signedAt: Instant.nullable(),
  declinedAt: Instant.nullable(),
  signatureKind: SignatureKind.nullable(),
  /** The name, or the drawing. */
  signatureValue: z.string().nullable(),
  /** The sentence that they have agreed to, and from where. */
  consentText: z.string().nullable(),
  ip: z.string().nullable(),
})
export type Signer = z.infer<typeof Signer>

export const ContractListed = z.object({
  id: ContractId,
  number: z.string(),
  title: z.string(),
  /** A contract that was sent and whose time is over reads as expired. */
  status: ContractStatus,
  accountId: AccountId,
  accountName: z.string(),
  quoteId: QuoteId.nullable(),
  eventId: z.uuid().nullable(),
  reference: z.string().nullable(),
  expiresAt: Instant.nullable(),
  sentAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  voidedReason: z.string().nullable(),
  /** The file with all signatures, which is made soon after the last one; null until then. */
  signedPdfAttachmentId: AttachmentId.nullable(),
  ...recordEnvelope,
})
export type ContractListed = z.infer<typeof ContractListed>

export const Contract = ContractListed.extend({
  notes: z.string().nullable(),
  bodyHtml: z.string(),
  /** SHA-256 of the body, in hexadecimal. */
  bodySha256: z.string(),
  signers: z.array(Signer),
})
export type Contract = z.infer<typeof Contract>

export const ContractSort = z.enum(['number', 'title', 'updatedAt', 'createdAt'])
export const ContractFilters = z.strictObject({
  custom: CustomFilter.optional(),
  status: z.array(ContractStatus).max(8).optional(),
  accountId: AccountId.optional(),
  quoteId: QuoteId.optional(),
  eventId: EventId.optional(),
  ...spanOf('expires', Instant),
  ...spanOf('completed', Instant),
  ...recordFilters,
})
export const ContractListQuery = z.object({
  ...listBase,
  sort: ContractSort.default('updatedAt'),
  filters: ContractFilters.default({}),
})
export type ContractListQuery = z.infer<typeof ContractListQuery>

export const ContractVoid = z.strictObject({ id: ContractId, version: Version, reason: line(500) })
export type ContractVoid = z.infer<typeof ContractVoid>

/** The sentence that the signer has agreed to, as the contract says it for this kind of signature. */
const consent = line(500)

/** A signature: the name as it was typed, or a drawing. */
export const Signature = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('typed'), value: line(200), consent }),
  z.strictObject({ kind: z.literal('drawn'), value: Drawing, consent }),
])
export type Signature = z.infer<typeof Signature>
