import type { Contract, Signature } from '@tenantry/contracts/contracts'
import { countedLines } from '@tenantry/contracts/document-lines'
import type { Invoice } from '@tenantry/contracts/invoices'
import type { Quote } from '@tenantry/contracts/quotes'
import { notationFor } from '@tenantry/documents/notation'
import { TenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { consentsIn, localeOf } from './consents.ts'
import { balanceDueOn, depositAndBalance, instalmentsOf } from '../invoices/deposit-and-balance.ts'

/** A signature as it came in, with what the signer has read. */
export interface Signing {
  id: string
  signerId: string
  signature: Signature
  /** In hexadecimal. */
  bodySha256: string
  ip: string | null
  userAgent: string | null
}

export interface Signed {
  contract: Contract
  /** What the last signature has issued: the deposit and the rest, where there is one. */
  invoices: Invoice[]
}

/**
 * Somebody signs, and agrees to the sentence that we have for it, in our language. With the last signature the contract is
 * complete, and what was agreed falls due: the deposit at once, the rest in its parts. Throws NOT_FOUND, RULE_VIOLATED.
 */
export async function signContract(db: TenantDb, signing: Signing): Promise<Signed> {
  const { kind, consent } = signing.signature
  const locale = await localeOf(db)
  if (consent !== consentsIn(locale)[kind])
    throw new TenantryError('RULE_VIOLATED', {
      message: 'This is not the sentence that a signature agrees to. Read it again.',
      data: { field: 'consent' },
    })
  const contract = await db.contracts.sign(signing)
  if (contract.quoteId === null) return { contract, invoices: [] }
  const quote = await db.quotes.byId(contract.quoteId)
  // Whoever withdrew it may not have seen a contract that was sent at that moment.
  if (quote.status === 'withdrawn')
    throw new TenantryError('RULE_VIOLATED', { message: 'What this contract is about was withdrawn.' })
  if (contract.status !== 'completed') return { contract, invoices: [] }
  // Of a quote that was converted before, by another contract about it, the invoices are there already.
  if (quote.status !== 'accepted') return { contract, invoices: [] }
  const invoices = await issueInvoices(db, quote, { eventId: contract.eventId, locale })
  await db.quotes.convert(quote.id)
  return { contract, invoices }
}

async function issueInvoices(
  db: TenantDb,
  quote: Quote,
  { eventId, locale }: Pick<Contract, 'eventId'> & { locale: string },
): Promise<Invoice[]> {
  const { id: quoteId, accountId, contactId, currency, balanceDueDays, instalments: count } = quote
  const notation = notationFor(locale, currency)
  const { deposit, balance } = depositAndBalance({ ...quote, lines: countedLines(quote.lines) }, notation)
  const today = await db.company.today()
  const given = { accountId, contactId, currency, schedule: [] }
  const from = { quoteId, eventId }
  const invoices: Invoice[] = []
  if (deposit.length > 0) {
    const draft = await db.invoices.create({ ...given, lines: deposit, dueOn: today }, { ...from, kind: 'deposit' })
    invoices.push(await db.invoices.issue(draft))
  }
  if (balance.length > 0) {
    const draft = await db.invoices.create({ ...given, lines: balance }, { ...from, kind: 'invoice' })
    const dueOn = balanceDueOn({ firstDay: await db.quotes.firstDayOf(eventId), balanceDueDays }, today)
    const schedule = instalmentsOf(draft.totalMinor, { count, dueOn, today }, notation.words)
    invoices.push(
      await db.invoices.issue(await db.invoices.patch({ id: draft.id, version: draft.version, patch: { schedule } })),
    )
  }
  return invoices
}
