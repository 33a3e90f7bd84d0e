import type { OpportunityId } from '@tenantry/contracts/ids'

/** The quotes of an opportunity, the newest first: page and server ask for the same. */
export function quotesOf(opportunityId: OpportunityId) {
  return { filters: { opportunityId }, sort: 'createdAt', order: 'desc', limit: 20 } as const
}
