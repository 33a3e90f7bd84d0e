import type { Contract } from '@tenantry/contracts/contracts'
import type { QuoteId, QuoteLineId } from '@tenantry/contracts/ids'
import type { Quote } from '@tenantry/contracts/quotes'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { issueContract } from '../contracts/issue-contract.ts'

/** Who accepts. Staff name the version they have read; somebody with a link has read what does not change any more. */
export interface Acceptance {
  id: QuoteId
  version?: number | undefined
  name: string
  /** Of the optional lines; absent, those that the quote says. */
  chosen?: readonly QuoteLineId[] | undefined
  /** Where somebody with a link is. */
  ip?: string | null | undefined
}

export interface Accepted {
  quote: Quote
  contract: Contract
}

/**
 * A customer says yes, all of it in one transaction or nothing: the quote is frozen with the lines that were chosen and its
 * siblings are superseded, the opportunity is won, its event is confirmed with its dates and every hold becomes a booking, and the contract is issued.
 * Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED for a quote that cannot be accepted any more, and CONFLICT when a resource
 * of the event was promised to somebody else.
 */
export async function acceptQuote(db: TenantDb, acceptance: Acceptance): Promise<Accepted> {
  const accepted = await db.quotes.accept(acceptance)
  if (accepted.opportunityId !== null) await db.opportunities.win(accepted.opportunityId)
  const event = await db.quotes.confirmEvent(accepted)
  const quote = await db.quotes.byId(accepted.id)
  return { quote, contract: await issueContract(db, { quote, dates: event?.dates ?? [] }) }
}
