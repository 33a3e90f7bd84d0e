import type { AppDbConnection } from '@tenantry/app-db/open'
import { parseTarget, type Target } from '@tenantry/connections/target'
import { Placement } from '@tenantry/contracts/data-source'
import { TenantId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { z } from 'zod'
import { ownerRoleOf } from './provision-tenant.ts'
import { createTenantKind, TenantPlan } from './tenant-plan.ts'
import { rolesOf } from './tenant-roles.ts'

/** The administrator of the server at an address. Throws CONFIGURATION_INVALID for one that nobody has named. */
export type AdminAt = (address: { host: string; port: number }) => Target

/** Where what a tenant has on a server is to be found. */
export const TenantPlace = z.object({
  host: z.string(),
  port: z.int(),
  database: z.string(),
  placement: Placement,
  tenantIdInDataSource: z.uuid(),
  ownerRole: z.string(),
  /** The login that the data source names. */
  appRole: z.string(),
  /** Names of logins that are known without asking the database; there need not be a role of each. */
  roles: z.array(z.string()),
})
export type TenantPlace = z.infer<typeof TenantPlace>

export const KnownTenant = z.object({ tenantId: TenantId, slug: z.string(), place: TenantPlace.nullable() })
export type KnownTenant = z.infer<typeof KnownTenant>

/**
 * A tenant and its place: by its data source, or while it has none by the plan of the creation that did not come to its
 * end. Throws NOT_FOUND.
 */
export async function findTenant(
  app: Pick<AppDbConnection, 'db' | 'runs'>,
  slug: string,
): Promise<KnownTenant & { status: 'active' | 'suspended' | 'archived' }> {
  const tenant = await app.db.tenants.findForOperator(slug)
  if (tenant === undefined) throw new TenantryError('NOT_FOUND', { message: `There is no tenant ${slug}.` })
  const { id: tenantId, status, dataSourceUrl, placement, tenantIdInDataSource } = tenant
  if (dataSourceUrl === null || placement === null || tenantIdInDataSource === null) {
    return { tenantId, slug, status, place: await plannedPlace(app, tenantId) }
  }
  const { host, port, database, user = '' } = parseTarget(dataSourceUrl)
  const ownerRole = ownerRoleOf(database)
  const roles = rolesOf(tenantIdInDataSource, user)
  return {
    tenantId,
    slug,
    status,
    place: { host, port, database, placement, tenantIdInDataSource, ownerRole, appRole: user, roles },
  }
}

async function plannedPlace({ runs }: Pick<AppDbConnection, 'runs'>, id: TenantId): Promise<TenantPlace | null> {
  const plans = await plansOf(runs)
  return plans.find((plan) => plan.tenantId === id)?.place ?? null
}

/** What every creation that is known meant to make. */
export async function plansOf(runs: AppDbConnection['runs']) {
  const found = await runs.detailsOf(createTenantKind, 'plan')
  return found.map(({ run, status, detail }) => {
    const plan = TenantPlan.parse(detail)
    return { run, status, tenantId: plan.tenantId, slug: plan.slug, place: placeOf(plan) }
  })
}

function placeOf(plan: TenantPlan): TenantPlace {
  const { host, port, database, placement, tenantIdInDataSource, ownerRole, appRole } = plan
  const roles = rolesOf(tenantIdInDataSource, appRole)
  return { host, port, database, placement, tenantIdInDataSource, ownerRole, appRole, roles }
}
