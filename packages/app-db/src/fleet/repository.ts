import { parseTarget } from '@tenantry/connections/target'
import type {
  FleetHealth,
  FleetQuery,
  FleetSummary,
  FleetTenantDetails,
  TenantStatusInput,
} from '@tenantry/contracts/fleet'
import type { Page } from '@tenantry/contracts/pages'
import type { TenantStatus } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { and, asc, count, desc, eq, isNotNull, ne, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { announceTenantChange, recordAudit } from '../audit/record.ts'
import { memberships } from '../memberships/table.ts'
import type { OperatorFacts } from '../operators/pass.ts'
import { supportOfTenant } from '../support-access/rows.ts'
import { dataSourceHealth } from '../health/table.ts'
import { tenantBySlug } from '../tenants/by-slug.ts'
import { schemaComparisons } from '../schema-comparisons/table.ts'
import { tenants } from '../tenants/table.ts'
import { truth } from '../truth.ts'
import { fleetPage } from './listing.ts'
import { fleetColumns, fleetTenantFrom, type StoredTenant } from './rows.ts'

/** Every tenant as operators see it. */
export class FleetRepository {
  readonly #access: Access
  readonly #operator: OperatorFacts

  constructor(access: Access, operator: OperatorFacts) {
    this.#access = access
    this.#operator = operator
  }

  /** Throws BAD_INPUT when the cursor was made for another order. */
  list(query: FleetQuery): Promise<Page<StoredTenant>> {
    return fleetPage(this.#access.reader, query)
  }

  /** Counts without the archived ones, and the regions and groups of drift there are. */
  async summary(): Promise<FleetSummary> {
    const { db } = this.#access.reader
    const version = dataSourceHealth.schemaVersion
    const group = schemaComparisons.driftGroup
    const [states, versions, groups, regions] = await Promise.all([
      db
        .select({ status: tenants.status, state: dataSourceHealth.state, tenants: count() })
        .from(tenants)
        .leftJoin(dataSourceHealth, eq(dataSourceHealth.tenantId, tenants.id))
        .groupBy(tenants.status, dataSourceHealth.state),
      db
        .select({ version, tenants: count() })
        .from(dataSourceHealth)
        .innerJoin(tenants, and(eq(tenants.id, dataSourceHealth.tenantId), ne(tenants.status, 'archived')))
        .where(isNotNull(version))
        .groupBy(version)
        .orderBy(asc(version)),
      db
        .select({ group, tenants: count() })
        .from(schemaComparisons)
        .innerJoin(tenants, and(eq(tenants.id, schemaComparisons.tenantId), ne(tenants.status, 'archived')))
        .where(isNotNull(group))
        .groupBy(group)
        .orderBy(desc(count()), asc(group)),
      db
        .selectDistinct({ region: tenants.dataSourceRegion })
        .from(tenants)
        .where(isNotNull(tenants.dataSourceRegion))
        .orderBy(asc(tenants.dataSourceRegion)),
    ])
    const byStatus: Record<TenantStatus, number> = { active: 0, suspended: 0, archived: 0 }
    const byHealth: Record<FleetHealth, number> = {
      healthy: 0,
      degraded: 0,
      behind: 0,
      refused: 0,
      unreachable: 0,
      unchecked: 0,
    }
    for (const found of states) {
      byStatus[found.status] += found.tenants
      if (found.status !== 'archived') byHealth[found.state ?? 'unchecked'] += found.tenants
    }
    return {
      tenants: byStatus.active + byStatus.suspended,
      byStatus,
      byHealth,
      bySchemaVersion: versions.flatMap((row) => (row.version === null ? [] : [{ ...row, version: row.version }])),
      driftGroups: groups.flatMap((row) => (row.group === null ? [] : [{ ...row, group: row.group }])),
      regions: regions.flatMap(({ region }) => region ?? []),
    }
  }

  /** Throws NOT_FOUND. */
  async bySlug(slug: string): Promise<Omit<FleetTenantDetails, 'pool'>> {
    const { reader } = this.#access
    const [row] = await reader.db
      .select({
        ...fleetColumns,
        trade: tenants.trade,
        createdAt: tenants.createdAt,
        url: tenants.dataSourceUrl,
        dataSourceVersion: tenants.dataSourceVersion,
        hasSupportLogin: sql<boolean>`${tenants.dataSourceSupportKey} is not null`.mapWith(truth),
        members:
          sql<number>`(select count(*) from ${memberships} m where m.tenant_id = ${tenants.id} and m.status = 'active')`.mapWith(
            Number,
          ),
      })
      .from(tenants)
      .leftJoin(dataSourceHealth, eq(dataSourceHealth.tenantId, tenants.id))
      .leftJoin(schemaComparisons, eq(schemaComparisons.tenantId, tenants.id))
      .where(eq(tenants.slug, slug))
    if (row === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
    const { trade, createdAt, dataSourceVersion, hasSupportLogin, members } = row
    return {
      ...fleetTenantFrom(row),
      trade,
      createdAt,
      members,
      address: row.url === null ? null : addressIn(row.url),
      dataSourceVersion,
      hasSupportLogin,
      support: (await supportOfTenant(reader, row.id)).map(({ operatorId, ...support }) => ({
        ...support,
        isMine: operatorId === this.#operator.principal.userId,
      })),
    }
  }

  /** Throws what `setStatus` would throw for the same input, and changes nothing. */
  async assertStatusInput({ slug, confirmation }: TenantStatusInput): Promise<void> {
    assertTyped(slug, confirmation)
    const { status } = await tenantBySlug(this.#access.reader, slug)
    if (status === 'archived') throw new TenantryError('TENANT_ARCHIVED')
  }

  /** In force from the next request on. Throws NOT_FOUND, TENANT_ARCHIVED, RULE_VIOLATED when the slug was not typed again. */
  async setStatus({ slug, status, confirmation }: TenantStatusInput): Promise<void> {
    assertTyped(slug, confirmation)
    await this.#access.write(async (tx) => {
      const tenant = await tenantBySlug(tx, slug)
      if (tenant.status === 'archived') throw new TenantryError('TENANT_ARCHIVED')
      if (tenant.status === status) return
      const { principal, requestId } = this.#operator
      const detail = { from: tenant.status, to: status }
      await announceTenantChange(tx, { principal, requestId, action: 'tenant.status_changed', detail })
      await tx.db.update(tenants).set({ status }).where(eq(tenants.id, tenant.id))
    })
  }

  /**
   * No process goes on with what it remembers of the tenant's data source: each reads it again and opens its login anew.
   * Work under way ends undisturbed. Throws NOT_FOUND.
   */
  async invalidate(slug: string): Promise<void> {
    await this.#access.write(async (tx) => {
      const { id: tenantId } = await tenantBySlug(tx, slug)
      const { principal, requestId } = this.#operator
      await tx.db
        .update(tenants)
        .set({ changedIn: sql`pg_current_xact_id()` })
        .where(eq(tenants.id, tenantId))
      await recordAudit(tx, { principal, tenantId, requestId, action: 'data_source.invalidated', subject: slug })
    })
  }
}

function assertTyped(slug: string, confirmation: string): void {
  if (confirmation === slug) return
  throw new TenantryError('RULE_VIOLATED', { message: 'Type the name of the tenant as it is written here.' })
}

/** The parts of an address without anything secret; there is no password in it. */
function addressIn(url: string): FleetTenantDetails['address'] {
  const { host, port, database, user, tls } = parseTarget(url)
  return { host, port, database, role: user ?? '', tls: typeof tls === 'string' ? tls : 'verify-full' }
}
