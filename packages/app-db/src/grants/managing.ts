import { roleAllows, type Permission } from '@tenantry/contracts/roles'
import { TenantryError } from '@tenantry/errors'
import { writingFacts, type GrantFacts, type TenantGrant } from './grant.ts'

/**
 * The facts of a grant that may manage the company: of a person whose role has the permission, or of an operator, who has no
 * role. Never of a key or a link, whatever its role. Throws FORBIDDEN, TENANT_SUSPENDED.
 */
export function managingFacts(grant: TenantGrant, permission: Permission): GrantFacts {
  const facts = writingFacts(grant)
  const { principal, role } = facts
  const mayManage =
    principal.kind === 'operator' || (principal.kind === 'user' && role !== null && roleAllows(role, permission))
  if (!mayManage) throw new TenantryError('FORBIDDEN')
  return facts
}
