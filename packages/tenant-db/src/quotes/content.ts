import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { countedLines } from '@tenantry/contracts/document-lines'
import type { Quote } from '@tenantry/contracts/quotes'
import { eq, sql } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { quotes } from './table.ts'

/**
 * Keeps the hash of what the customer was sent, by which anybody can show later that it is what was accepted; of one who has
 * chosen among optional lines it is that of their choice.
 */
export async function rememberContent(executor: Executor, quote: Quote): Promise<void> {
  await executor.run(setContent, { id: quote.id, sha256: contentHash(quote) })
}

/** Of all that the customer is to pay for: amounts, words and days, in one fixed order. */
export function contentHash(quote: Quote): Uint8Array {
  const { number, revision, title, currency, subtotalMinor, discountMinor, taxMinor, totalMinor, terms } = quote
  const { validUntil, issuedOn, depositPpm, balanceDueDays, instalments } = quote
  const lines = countedLines(quote.lines).map((line) => [
    line.name,
    line.description,
    line.quantity,
    line.unitPriceMinor,
    line.discountMinor,
    line.taxPpm,
    line.netMinor,
  ])
  const amounts = [
    currency,
    subtotalMinor,
    discountMinor,
    taxMinor,
    totalMinor,
    depositPpm,
    balanceDueDays,
    instalments,
  ]
  const content = [number, revision, title, issuedOn, validUntil, amounts, lines, terms]
  return createHash('sha256').update(JSON.stringify(content)).digest()
}

/** Where somebody was who accepted by a link. */
export async function rememberAddress(executor: Executor, given: { id: string; ip: string }): Promise<void> {
  await executor.run(setAddress, given)
}

const setAddress = statement<{ id: string; ip: string }, never>((db) => {
  const query = db
    .update(quotes)
    .set({ acceptedIp: sql`${sql.placeholder('ip')}::inet` })
    .where(eq(quotes.id, sql.placeholder('id')))
  return query as unknown as PromiseLike<never[]>
})

const setContent = statement<{ id: string; sha256: Uint8Array }, never>((db) => {
  const query = db
    .update(quotes)
    .set({ contentSha256: sql`${sql.placeholder('sha256')}` })
    .where(eq(quotes.id, sql.placeholder('id')))
  return query as unknown as PromiseLike<never[]>
})
