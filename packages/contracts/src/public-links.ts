import { z } from 'zod'
import { ChosenLines, documentTotals } from './document-lines.ts'
import { ContractStatus, Signature, SignatureKind } from './contracts.ts'
import { QuoteLineId } from './ids.ts'
import { BillTo, Instalment, InvoiceKind, InvoiceState } from './invoices.ts'
import { PaymentStatus } from './payments.ts'
import { QuoteStatus } from './quotes.ts'
import { Instant, MinorUnits, SignedMinorUnits, line, optionalLine } from './scalars.ts'

/** What a link opens. One that was made for a quote opens no contract. */
export const LinkKind = z.enum(['quote', 'contract', 'invoice'])
export type LinkKind = z.infer<typeof LinkKind>

/** 256 random bits. Whoever has it is taken for the customer; both databases keep hashes of it only. */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This is not a link of ours.')
export const LinkInput = z.strictObject({ token: LinkToken })

/** Who has sent the document. */
const sender = z.object({ name: z.string(), locale: z.string() })
const pricedLine = z.object({
  name: z.string(),
  description: z.string().nullable(),
  quantity: z.string(),
  unitPriceMinor: SignedMinorUnits,
  discountMinor: SignedMinorUnits,
  taxPpm: z.int(),
  netMinor: SignedMinorUnits,
})

/** A line that is on offer; `option` is what the customer may take or leave, by an id that names nothing else. */
const offeredLine = pricedLine.extend({
  option: z.object({ id: QuoteLineId, isSelected: z.boolean() }).nullable(),
})

/**
 * A quote as the customer sees it: nothing by which anything else could be asked for. Once it is answered or over, it has the
 * lines that count and no options.
 */
export const PublicQuote = z.object({
  company: sender,
  customerName: z.string(),
  number: z.string(),
  revision: z.int(),
  status: QuoteStatus,
  isExpired: z.boolean(),
  title: z.string().nullable(),
  issuedOn: z.string().nullable(),
  validUntil: z.string().nullable(),
  currency: z.string(),
  ...documentTotals,
  depositPpm: z.int(),
  terms: z.string().nullable(),
  lines: z.array(offeredLine),
  acceptedAt: Instant.nullable(),
  acceptedName: z.string().nullable(),
})
export type PublicQuote = z.infer<typeof PublicQuote>

export const PublicContract = z.object({
  company: sender,
  customerName: z.string(),
  number: z.string(),
  title: z.string(),
  status: ContractStatus,
  expiresAt: Instant.nullable(),
  bodyHtml: z.string(),
  bodySha256: z.string(),
  /** Whom the link was made for. */
  signer: z.object({
    name: z.string(),
    email: z.string(),
    signedAt: Instant.nullable(),
    declinedAt: Instant.nullable(),
  }),
  signers: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      signedAt: Instant.nullable(),
      signature: z.object({ kind: SignatureKind, value: z.string() }).nullable(),
    }),
  ),
  /** What somebody agrees to who signs, in the language of the page; a signature says it back. */
  consents: z.object({ typed: z.string(), drawn: z.string() }),
})
export type PublicContract = z.infer<typeof PublicContract>

export const PublicInvoice = z.object({
  company: sender,
  number: z.string().nullable(),
  kind: InvoiceKind,
  state: InvoiceState,
  issuedOn: z.string().nullable(),
  dueOn: z.string().nullable(),
  billTo: BillTo.nullable(),
  poNumber: z.string().nullable(),
  currency: z.string(),
  ...documentTotals,
  paidMinor: SignedMinorUnits,
  creditedMinor: SignedMinorUnits,
  balanceMinor: SignedMinorUnits,
  lines: z.array(pricedLine),
  schedule: z.array(Instalment),
})
export type PublicInvoice = z.infer<typeof PublicInvoice>

/** With who takes the money, by whose form the customer pays. */
export const PublicPayableInvoice = PublicInvoice.extend({ paysWith: z.string() })

/** The token of a link to what comes next; null where there is nothing, or nothing for this person. */
const nextToken = z.string().nullable()
export const PublicContractLink = z.object({ contractToken: nextToken })
export const PublicInvoiceLink = z.object({ invoiceToken: nextToken })
export const PublicAccepted = z.object({ quote: PublicQuote, contractToken: nextToken })
export const PublicSigned = z.object({ contract: PublicContract, invoiceToken: nextToken })
export const PublicPaid = z.object({ status: PaymentStatus, amountMinor: z.int(), invoice: PublicInvoice })

export const PublicAcceptance = z.strictObject({ token: LinkToken, name: line(200), chosen: ChosenLines.optional() })
export type PublicAcceptance = z.infer<typeof PublicAcceptance>
export const PublicDecline = z.strictObject({ token: LinkToken, reason: optionalLine(500).optional() })
/** `bodySha256` is that of the text the signer has read. */
export const PublicSignature = z.strictObject({
  token: LinkToken,
  signature: Signature,
  bodySha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export const PublicPayment = z.strictObject({
  token: LinkToken,
  /** Absent for all that is still to pay. */
  amountMinor: MinorUnits.min(1).optional(),
  /** What the provider's form gave for the customer's card or account. */
  source: z.string().min(1).max(500),
  /** The same attempt with the same key is carried out once. */
  idempotencyKey: z.string().regex(/^[A-Za-z0-9_-]{8,100}$/),
})
export type PublicPayment = z.infer<typeof PublicPayment>
