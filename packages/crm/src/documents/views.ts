import type { Contract, Signer } from '@tenantry/contracts/contracts'
import { countedLines } from '@tenantry/contracts/document-lines'
import type { Invoice } from '@tenantry/contracts/invoices'
import type { PublicContract, PublicInvoice, PublicQuote } from '@tenantry/contracts/public-links'
import type { Quote } from '@tenantry/contracts/quotes'
import { consentsIn } from '../contracts/consents.ts'
import type { ContractDocument } from '@tenantry/documents/view'
import type { TenantReader } from '@tenantry/tenant-db/types'

/**
 * Documents as customers see them. Each field is named: what is added to a record is not shown to the public by itself, and
 * no id leaves, by which something else could be asked for.
 */
export async function publicQuote(db: TenantReader, quote: Quote): Promise<PublicQuote> {
  const { number, revision, status, isExpired, title, issuedOn, validUntil, currency, depositPpm, terms } = quote
  const {
    accountName: customerName,
    subtotalMinor,
    discountMinor,
    taxMinor,
    totalMinor,
    acceptedAt,
    acceptedName,
  } = quote
  return {
    number,
    revision,
    status,
    isExpired,
    title,
    issuedOn,
    validUntil,
    currency,
    depositPpm,
    terms,
    customerName,
    subtotalMinor,
    discountMinor,
    taxMinor,
    totalMinor,
    acceptedAt,
    acceptedName,
    company: await senderOf(db),
    lines: offeredLines(quote),
  }
}

/** What can still be chosen is shown with what counts; afterwards it was not agreed on. */
function offeredLines({ status, isExpired, lines }: Quote): PublicQuote['lines'] {
  const isOpen = (status === 'draft' || status === 'sent' || status === 'viewed') && !isExpired
  if (!isOpen) return countedLines(lines).map((line) => ({ ...shownLine(line), option: null }))
  return lines.map((line) => {
    const { id, isOptional, isSelected } = line
    return { ...shownLine(line), option: isOptional ? { id, isSelected } : null }
  })
}

export async function publicContract(
  db: TenantReader,
  { contract, signer }: { contract: Contract; signer: Signer },
): Promise<PublicContract> {
  const { name, email, signedAt, declinedAt } = signer
  const shown = await contractShown(db, contract)
  const consents = consentsIn(shown.company.locale)
  return { ...shown, consents, signer: { name, email, signedAt, declinedAt } }
}

/** A contract without whose eyes it is seen by, as it is printed. */
export async function contractDocument(db: TenantReader, contract: Contract): Promise<ContractDocument> {
  const evidence = contract.signers.flatMap(({ name, email, signedAt, consentText, ip }) =>
    signedAt === null ? [] : [{ name, email, signedAt, consent: consentText ?? '', ip }],
  )
  return { ...(await contractShown(db, contract)), evidence }
}

async function contractShown(
  db: TenantReader,
  contract: Contract,
): Promise<Omit<PublicContract, 'signer' | 'consents'>> {
  const { number, title, status, expiresAt, bodyHtml, bodySha256, accountName: customerName, signers } = contract
  return {
    number,
    title,
    status,
    expiresAt,
    bodyHtml,
    bodySha256,
    customerName,
    company: await senderOf(db),
    signers: signers.map((each) => ({
      name: each.name,
      role: each.role,
      signedAt: each.signedAt,
      signature: signatureOf(each),
    })),
  }
}

function signatureOf({ signatureKind: kind, signatureValue: value }: Signer) {
  return kind === null || value === null ? null : { kind, value }
}

export async function publicInvoice(db: TenantReader, invoice: Invoice): Promise<PublicInvoice> {
  const { number, kind, state, issuedOn, dueOn, billTo, poNumber, currency, schedule } = invoice
  const { subtotalMinor, discountMinor, taxMinor, totalMinor, paidMinor, creditedMinor, balanceMinor } = invoice
  return {
    number,
    kind,
    state,
    issuedOn,
    dueOn,
    billTo,
    poNumber,
    currency,
    schedule,
    subtotalMinor,
    discountMinor,
    taxMinor,
    totalMinor,
    paidMinor,
    creditedMinor,
    balanceMinor,
    company: await senderOf(db),
    lines: invoice.lines.map(shownLine),
  }
}

function shownLine(line: PublicInvoice['lines'][number]): PublicInvoice['lines'][number] {
  const { name, description, quantity, unitPriceMinor, discountMinor, taxPpm, netMinor } = line
  return { name, description, quantity, unitPriceMinor, discountMinor, taxPpm, netMinor }
}

async function senderOf(db: TenantReader): Promise<PublicQuote['company']> {
  const company = await db.company.find()
  return { name: company?.name ?? '', locale: company?.locale ?? 'en' }
}
