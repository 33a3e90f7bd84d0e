import type { AppDbConnection } from '@tenantry/app-db/open'
import type { NewTenantInput } from '@tenantry/contracts/new-tenant'
import type { DataSources } from '@tenantry/data-sources'
import { randomUUID } from 'node:crypto'
import { tradeStarts } from './trades/trade-starts.ts'

/**
 * Gives a company what it begins with: its people, and the pipeline and catalogue of its trade, in one transaction through
 * the same door as every request, which proves the new login on the way. Does nothing where there is a pipeline.
 */
export async function furnishTenant(
  options: { app: Pick<AppDbConnection, 'db' | 'grants'>; dataSources: DataSources; operatorName: string },
  { slug, trade, currency }: Pick<NewTenantInput, 'slug' | 'trade' | 'currency'>,
) {
  const { app, dataSources, operatorName } = options
  const why = { reason: 'tenant create', access: 'write', requestId: randomUUID() } as const
  const grant = await app.grants.forOperator(operatorName, slug, why)
  const members = await app.db.memberships.list(grant)
  return await dataSources.withTenantWriter(grant, async (db) => {
    // Sent together, they share round trips.
    const [present] = await Promise.all([db.pipelines.list(), db.memberRefs.put(members)])
    if (present.length > 0) return { trade }
    const { pipeline, catalogue } = tradeStarts[trade]
    // Prices are theirs to say.
    await Promise.all([
      db.pipelines.create(pipeline),
      ...catalogue.map((item) => db.catalogItems.create({ ...item, priceMinor: 0, currency, isActive: true })),
    ])
    return { trade }
  })
}
