/** What a composed server brings to the runtime; packages beside fleet reach it only from here, and only in tests. */
export { openTenantStates } from '@tenantry/fleet/tenant-states'
