import type { FleetTenant } from '@tenantry/contracts/fleet'
import { sql } from 'drizzle-orm'
import { healthColumns, healthFrom, type HealthRow } from '../health/rows.ts'
import { comparisonColumns, comparisonFrom, type ComparisonRow } from '../schema-comparisons/rows.ts'
import { runs } from '../runs/table.ts'
import { tenants } from '../tenants/table.ts'
import { transfers } from '../transfers/table.ts'

/** A tenant beside how its database was when it was last looked at. */
export const fleetColumns = {
  id: tenants.id,
  slug: tenants.slug,
  name: tenants.name,
  status: tenants.status,
  placement: tenants.placement,
  region: tenants.dataSourceRegion,
  ...healthColumns,
  ...comparisonColumns,
  /** Of several the one begun last. */
  running: sql<StoredTenant['running']>`(
    select jsonb_build_object('kind', r.kind, 'startedAt', to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    from ${runs} r where r.tenant_id = ${tenants.id} and r.status = 'running' order by r.id desc limit 1)`,
  /** Between two commands nothing runs, and the company is on its way all the same. */
  transfer: sql<StoredTenant['transfer']>`(
    select jsonb_build_object('state', f.state, 'startedAt', to_char(f.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    from ${transfers} f where f.tenant_id = ${tenants.id})`,
}

/** All of a tenant but what only a process knows. */
export type StoredTenant = Omit<FleetTenant, 'pool'>

type FleetRow = Omit<StoredTenant, 'health' | 'comparison'> & HealthRow & ComparisonRow

export function fleetTenantFrom(row: FleetRow): StoredTenant {
  const { id, slug, name, status, placement, region, running, transfer } = row
  return {
    id,
    slug,
    name,
    status,
    placement,
    region,
    running,
    transfer,
    health: healthFrom(row),
    comparison: comparisonFrom(row),
  }
}
