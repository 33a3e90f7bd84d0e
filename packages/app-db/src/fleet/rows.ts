import type { FleetTenant, TenantCheck } from '@tenantry/contracts/fleet'
import { tenantChecks } from '../tenant-checks/table.ts'
import { tenants } from '../tenants/table.ts'

/** A tenant beside the last check of its database. */
export const fleetColumns = {
  id: tenants.id,
  slug: tenants.slug,
  name: tenants.name,
  status: tenants.status,
  placement: tenants.placement,
  region: tenants.dataSourceRegion,
  checkedAt: tenantChecks.checkedAt,
  success: tenantChecks.success,
  code: tenantChecks.code,
  message: tenantChecks.message,
  milliseconds: tenantChecks.milliseconds,
  schemaVersion: tenantChecks.schemaVersion,
  serverVersion: tenantChecks.serverVersion,
  databaseBytes: tenantChecks.databaseBytes,
}

/** A left join's row: what the check holds is there as a whole or not at all. */
type FleetRow = Omit<FleetTenant, 'check'> & { [Column in keyof TenantCheck]: TenantCheck[Column] | null }

export function fleetTenantFrom(row: FleetRow): FleetTenant {
  const { id, slug, name, status, placement, region } = row
  return { id, slug, name, status, placement, region, check: checkFrom(row) }
}

function checkFrom(row: FleetRow): TenantCheck | null {
  const { checkedAt, success, milliseconds, code, message, schemaVersion, serverVersion, databaseBytes } = row
  if (checkedAt === null || success === null || milliseconds === null) return null
  return { checkedAt, success, milliseconds, code, message, schemaVersion, serverVersion, databaseBytes }
}
