import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Quote } from '@tenantry/contracts/quotes'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { linked, putLinkOf } from '../documents/link.ts'
import { asRows } from '../records/plain.ts'
import { selectQuotes } from './rows.ts'
import { quotes } from './table.ts'

export const putQuoteLink = putLinkOf(quotes, { column: quotes.publicTokenHash })

/** Throws LINK_NOT_VALID. A draft is nobody's business outside. */
export async function quoteByLink(executor: Executor, hash: Uint8Array): Promise<Quote> {
  const [quote] = await executor.run(byLink, { hash })
  return linked(quote)
}

const byLink = statement<{ hash: Uint8Array }, Quote>((db) =>
  asRows<Quote>(
    selectQuotes(db).where(
      and(eq(quotes.publicTokenHash, sql.placeholder('hash')), isNull(quotes.deletedAt), ne(quotes.status, 'draft')),
    ),
  ),
)
