import { roleAllows } from '@tenantry/contracts/roles'
import { TenantryError } from '@tenantry/errors'
import { writingFacts, type GrantFacts, type TenantGrant } from '../grants/grant.ts'

/** The facts of a grant that may manage members; operators, who are none, may. Throws FORBIDDEN, TENANT_SUSPENDED. */
export function managingFacts(grant: TenantGrant): GrantFacts {
  const facts = writingFacts(grant)
  if (facts.role !== null && !roleAllows(facts.role, 'members.manage')) throw new TenantryError('FORBIDDEN')
  return facts
}
