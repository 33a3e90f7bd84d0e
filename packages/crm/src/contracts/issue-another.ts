import { ContractListQuery, type Contract } from '@tenantry/contracts/contracts'
import type { QuoteId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { issueContract } from './issue-contract.ts'

/**
 * Another contract about an accepted quote, once the one before was declined, voided or not signed in time: there is one at
 * a time that can be signed. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED.
 */
export async function issueAnotherContract(db: TenantDb, at: { id: QuoteId; version: number }): Promise<Contract> {
  const quote = await db.quotes.lock(at)
  if (quote.status !== 'accepted') refuse('Only of an accepted quote is there a contract.')
  const filters = { quoteId: quote.id, status: ['draft', 'sent', 'viewed', 'signed', 'completed'] }
  const { rows } = await db.contracts.list(ContractListQuery.parse({ filters, limit: 1 }))
  const [standing] = rows
  if (standing !== undefined) refuse(`Contract ${standing.number} about this quote stands. Void it first.`)
  return issueContract(db, { quote, dates: await db.quotes.daysOf(quote.eventId) })
}

function refuse(message: string): never {
  throw new TenantryError('RULE_VIOLATED', { message })
}
