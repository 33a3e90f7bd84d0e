import { TenantryError } from '@tenantry/errors'
import type { GrantDesk, GrantFacts } from './grant-desk.ts'

/** Throws GRANT_REFUSED for a grant that is forged, was copied or has expired. */
export function examineGrant<Grant extends object>(desk: GrantDesk<Grant>, grant: Grant): GrantFacts {
  const facts = desk.facts(grant)
  if (facts.expiresAt.getTime() <= Date.now()) {
    throw new TenantryError('GRANT_REFUSED', { detail: { reason: 'expired' } })
  }
  return facts
}
