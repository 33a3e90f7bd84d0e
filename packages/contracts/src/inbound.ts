import { z } from 'zod'
import { InboundAddressId } from './ids.ts'
import { Email, Instant, PhoneE164 } from './scalars.ts'

/** What comes in at an address of a company. */
export const InboundKind = z.enum(['mail', 'sms'])
export type InboundKind = z.infer<typeof InboundKind>

/** Who brings it, and so how it is signed and written: `standard` by Standard Webhooks, the others in their own way. */
export const InboundProvider = z.enum(['standard', 'mailgun', 'twilio'])
export type InboundProvider = z.infer<typeof InboundProvider>

/** What the provider signs with, as its own console shows it. `standard` gets one from us. */
const foreignSecret = z.string().trim().min(8).max(200)

export const InboundAddressInput = z.union([
  z.strictObject({ kind: z.literal('mail'), provider: z.literal('standard'), address: Email }),
  z.strictObject({ kind: z.literal('sms'), provider: z.literal('standard'), address: PhoneE164 }),
  z.strictObject({ kind: z.literal('mail'), provider: z.literal('mailgun'), address: Email, secret: foreignSecret }),
  z.strictObject({ kind: z.literal('sms'), provider: z.literal('twilio'), address: PhoneE164, secret: foreignSecret }),
])
export type InboundAddressInput = z.infer<typeof InboundAddressInput>

export const InboundAddressRef = z.strictObject({ id: InboundAddressId })
/** Left out, `standard` gets a new one; the others cannot do without. */
export const InboundSecretInput = z.strictObject({ id: InboundAddressId, secret: foreignSecret.optional() })
export type InboundSecretInput = z.infer<typeof InboundSecretInput>

/** An address or a number of a company at which messages come in. */
export const InboundAddress = z.object({
  id: InboundAddressId,
  kind: InboundKind,
  provider: InboundProvider,
  address: z.string(),
  /** Where the provider is told to deliver. */
  url: z.string(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  /** To the minute. */
  lastReceivedAt: Instant.nullable(),
})
export type InboundAddress = z.infer<typeof InboundAddress>

/** `secret` is told once, and only where we have made it. */
export const InboundAddressWithSecret = InboundAddress.extend({ secret: z.string().nullable() })
export type InboundAddressWithSecret = z.infer<typeof InboundAddressWithSecret>

/** A message as it came in, whoever brought it. */
export interface InboundMessage {
  kind: InboundKind
  provider: InboundProvider
  /** By which a second delivery is known. */
  messageId: string
  /** An e-mail address, or a number in the international form; what is neither finds no contact. */
  from: string
  to: string
  subject: string | null
  text: string
  /** Ids of the mails that it answers. */
  answers: string[]
  /** Whether its sender wants no more messages, or wants them again, as far as the provider or the message says so. */
  consent: 'withdrawn' | 'given' | null
  /** The address to which one of the mails in `answers` could not be delivered, where this is the word of it. */
  bounced: string | null
  files: InboundFile[]
  /** How many more came along, of which the provider has not delivered the bytes. */
  undelivered: number
}

/** A file that came along with a message, under whatever name its sender has given it. */
export interface InboundFile {
  fileName: string
  bytes: Uint8Array
}
