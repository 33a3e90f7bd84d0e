import type { Contract } from '@tenantry/contracts/contracts'
import type { Quote, QuoteWithdrawal } from '@tenantry/contracts/quotes'
import type { TenantDb } from '@tenantry/tenant-db/types'

export interface Withdrawn {
  quote: Quote
  /** What was issued about it and is void now. */
  contracts: Contract[]
}

/**
 * The company takes back what a customer has accepted and nobody has signed, all of it in one transaction or nothing: the
 * quote is withdrawn and every contract about it is void, the opportunity is back in the stage from which the acceptance won
 * it, and what was booked for the event is held again. A revision of the quote is the way on. Throws NOT_FOUND, STALE_WRITE,
 * and RULE_VIOLATED for a quote that was not accepted, or whose contract somebody has signed.
 */
export async function withdrawQuote(db: TenantDb, { id, version, reason }: QuoteWithdrawal): Promise<Withdrawn> {
  // First the contract, then the quote: a signature locks them in this order.
  const contracts = await db.contracts.voidAbout({ quoteId: id, reason })
  const quote = await db.quotes.withdraw({ id, version, reason })
  // Made while the quote was waited for.
  contracts.push(...(await db.contracts.voidAbout({ quoteId: id, reason })))
  const { opportunityId, acceptedAt } = quote
  if (opportunityId !== null && acceptedAt !== null)
    await db.opportunities.reopen({ id: opportunityId, wonAt: acceptedAt })
  await db.quotes.unconfirmEvent(quote)
  return { quote, contracts }
}
