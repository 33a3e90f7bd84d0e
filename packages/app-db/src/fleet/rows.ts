import type { FleetTenant, TenantCheck } from '@tenantry/contracts/fleet'
import { sql } from 'drizzle-orm'
import { tenantChecks } from '../tenant-checks/table.ts'
import { runs } from '../runs/table.ts'
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
  /** Of several the one begun last. */
  running: sql<StoredTenant['running']>`(
    select jsonb_build_object('kind', r.kind, 'startedAt', to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    from ${runs} r where r.tenant_id = ${tenants.id} and r.status = 'running' order by r.id desc limit 1)`,
}

/** All of a tenant but what only a process knows. */
export type StoredTenant = Omit<FleetTenant, 'pool'>

/** A left join's row: what the check holds is there as a whole or not at all. */
type FleetRow = Omit<StoredTenant, 'check'> & { [Column in keyof TenantCheck]: TenantCheck[Column] | null }

export function fleetTenantFrom(row: FleetRow): StoredTenant {
  const { id, slug, name, status, placement, region, running } = row
  return { id, slug, name, status, placement, region, running, check: checkFrom(row) }
}

function checkFrom(row: FleetRow): TenantCheck | null {
  const { checkedAt, success, milliseconds, code, message, schemaVersion, serverVersion, databaseBytes } = row
  if (checkedAt === null || success === null || milliseconds === null) return null
  return { checkedAt, success, milliseconds, code, message, schemaVersion, serverVersion, databaseBytes }
}
