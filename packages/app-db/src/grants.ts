export { grantFacts, grantTtlMs, isGenuineGrant } from './grants/grant.ts'
export type { GrantFacts, TenantGrant } from './grants/grant.ts'
export type { Principal } from './grants/principal.ts'
