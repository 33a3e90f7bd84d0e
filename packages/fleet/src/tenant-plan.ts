import { Placement } from '@tenantry/contracts/data-source'
import { TenantId } from '@tenantry/contracts/ids'
import { z } from 'zod'

export const createTenantKind = 'tenant.create'

/**
 * The names of everything that a creation makes, decided before anything is made and kept in the journal: whoever goes on
 * after a crash makes the same things, and whoever cleans up knows what to look for. No secret.
 */
export const TenantPlan = z.object({
  slug: z.string(),
  tenantId: TenantId,
  tenantIdInDataSource: z.uuid(),
  host: z.string(),
  port: z.int(),
  placement: Placement,
  database: z.string(),
  ownerRole: z.string(),
  appRole: z.string(),
  serviceRole: z.string(),
})
export type TenantPlan = z.infer<typeof TenantPlan>
