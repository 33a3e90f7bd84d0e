import { parseTarget } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Executor } from '@tenantry/connections/database'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { tenants } from '../tenants/table.ts'
import { addressOf, assertReplica, type Replica } from './replica.ts'
import { dataSourceReplicas } from './table.ts'

export interface TenantReplica extends Replica {
  /** The tenant's. */
  slug: string
  /** `host:port`. */
  address: string
}

/**
 * For commands: the standbys that may answer a tenant's reads. Each change makes every process read the data source again,
 * and whoever looks at data sources look at once.
 */
export class ReplicasRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Of one tenant, or of all. Throws NOT_FOUND. */
  async list(slug?: string): Promise<TenantReplica[]> {
    const { reader } = this.#access
    if (slug !== undefined) await tenantWithDatabase(reader, slug)
    const rows = await reader.db
      .select({ slug: tenants.slug, url: dataSourceReplicas.url, region: dataSourceReplicas.region })
      .from(dataSourceReplicas)
      .innerJoin(tenants, eq(tenants.id, dataSourceReplicas.tenantId))
      .where(slug === undefined ? undefined : eq(tenants.slug, slug))
      .orderBy(asc(tenants.slug), asc(dataSourceReplicas.url))
    return rows.map((row) => ({ ...row, address: addressOf(row.url) }))
  }

  /**
   * Throws CONFIGURATION_INVALID for an address that names a role, a password or another database than the data source's,
   * CONFLICT for one that the tenant has already, NOT_FOUND, TENANT_DATABASE_NOT_CONFIGURED.
   */
  async add(operatorName: string, slug: string, replica: Replica): Promise<void> {
    await this.#access.write(async (tx) => {
      const { id: tenantId } = await assertFits(tx, slug, replica)
      await tx.db.insert(dataSourceReplicas).values({ ...replica, tenantId })
      await this.#record(
        tx,
        { operatorName, slug, tenantId },
        { added: addressOf(replica.url), region: replica.region },
      )
    })
  }

  /** Throws what `add` would throw, and changes nothing. */
  async assertFits(slug: string, replica: Replica): Promise<void> {
    await assertFits(this.#access.reader, slug, replica)
  }

  /** By its `host:port`. Throws NOT_FOUND. */
  async remove(operatorName: string, slug: string, address: string): Promise<void> {
    await this.#access.write(async (tx) => {
      const { id: tenantId } = await tenantWithDatabase(tx, slug)
      const urls = await urlsOf(tx, tenantId)
      const url = urls.find((one) => addressOf(one) === address)
      if (url === undefined) throw new TenantryError('NOT_FOUND', { message: `${slug} has no replica at ${address}.` })
      await tx.db
        .delete(dataSourceReplicas)
        .where(and(eq(dataSourceReplicas.tenantId, tenantId), eq(dataSourceReplicas.url, url)))
      await this.#record(tx, { operatorName, slug, tenantId }, { removed: address })
    })
  }

  async #record(
    tx: Executor,
    { operatorName, slug, tenantId }: { operatorName: string; slug: string; tenantId: TenantId },
    detail: Record<string, string>,
  ): Promise<void> {
    const principal = { kind: 'operator', name: operatorName } as const
    await recordAudit(tx, { principal, tenantId, action: 'tenant.replicas_changed', subject: slug, detail })
  }
}

async function assertFits(executor: Executor, slug: string, replica: Replica): Promise<{ id: TenantId }> {
  assertReplica(replica)
  const tenant = await tenantWithDatabase(executor, slug)
  if (tenant.url === null) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
  // Every request of the tenant would be refused for it.
  if (parseTarget(replica.url).database !== parseTarget(tenant.url).database) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: "A replica's address must name the same database as the data source.",
    })
  }
  const address = addressOf(replica.url)
  if ((await urlsOf(executor, tenant.id)).some((url) => addressOf(url) === address)) {
    throw new TenantryError('CONFLICT', { message: `${slug} has a replica at ${address} already.` })
  }
  return tenant
}

async function tenantWithDatabase(executor: Executor, slug: string): Promise<{ id: TenantId; url: string | null }> {
  const [tenant] = await executor.db
    .select({ id: tenants.id, url: sql<string | null>`${tenants.dataSourceUrl}` })
    .from(tenants)
    .where(eq(tenants.slug, slug))
  if (tenant === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
  return tenant
}

async function urlsOf(executor: Executor, tenantId: TenantId): Promise<string[]> {
  const rows = await executor.db
    .select({ url: dataSourceReplicas.url })
    .from(dataSourceReplicas)
    .where(eq(dataSourceReplicas.tenantId, tenantId))
  return rows.map(({ url }) => url)
}
