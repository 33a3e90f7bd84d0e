/** Shared with the suites of business operations, which open placements the same way. */
export { inEveryPlacement, openPlacement, placements, type Desk, type Placement } from '@tenantry/testing/placements'
