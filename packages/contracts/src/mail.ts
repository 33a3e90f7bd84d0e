import { z } from 'zod'
import { CommunicationId, ContractId, InvoiceId, QuoteId } from './ids.ts'
import { Email, Version, line, optionalLine, text } from './scalars.ts'

/** `sending` was begun and not ended: whether the server took it is not known until it is tried again. */
export const MailStatus = z.enum(['queued', 'sending', 'sent', 'failed'])
export type MailStatus = z.infer<typeof MailStatus>

const letter = {
  to: Email,
  /** Left out, it is what the document is called. */
  subject: optionalLine(200).optional(),
  /** What stands above the link. */
  message: text(10_000).default(''),
  /** The same key again is the same mail, which is sent once. */
  idempotencyKey: z.string().regex(/^[A-Za-z0-9_-]{8,100}$/),
}

/** Sends a quote with its link and its PDF; a draft is sent for it. */
export const QuoteMail = z.strictObject({
  id: QuoteId,
  version: Version,
  ...letter,
  /** The customer has asked for this quote, so that it may go to one who is not to be contacted. */
  askedFor: z.boolean().default(false),
})
/** Sends an issued invoice with its link and its PDF. */
export const InvoiceMail = z.strictObject({ id: InvoiceId, ...letter })
/** Sends a contract to one of its signers, with a link of their own; a draft is sent for it. */
export const ContractMail = z.strictObject({ id: ContractId, version: Version, ...letter })

/** How far a mail has come. */
export const Mail = z.object({
  id: z.uuid(),
  communicationId: CommunicationId,
  to: z.string(),
  subject: line(200),
  status: MailStatus,
  attempts: z.int(),
  lastError: z.string().nullable(),
  sentAt: z.string().nullable(),
})
export type Mail = z.infer<typeof Mail>
