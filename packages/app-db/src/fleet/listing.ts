import type { Executor } from '@tenantry/connections/database'
import type { FleetHealth, FleetQuery, FleetSort } from '@tenantry/contracts/fleet'
import type { Page } from '@tenantry/contracts/pages'
import { TenantryError } from '@tenantry/errors'
import { and, eq, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { dataSourceHealth } from '../health/table.ts'
import { schemaComparisons } from '../schema-comparisons/table.ts'
import { tenants } from '../tenants/table.ts'
import { fleetColumns, fleetTenantFrom, type StoredTenant } from './rows.ts'

/** One page of the fleet. Pages follow one another by the last row seen, whatever happens to the rows before it. */
export async function fleetPage(executor: Executor, query: FleetQuery): Promise<Page<StoredTenant>> {
  const { key, type } = sorts[query.sort]
  const [way, beyond] = query.order === 'asc' ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`]
  const madeFor = `${query.sort} ${query.order}`
  const after = query.cursor == null ? undefined : readCursor(query.cursor, madeFor)
  const found = await executor.db
    .select({ ...fleetColumns, key: sql<string>`(${key})::text` })
    .from(tenants)
    .leftJoin(dataSourceHealth, eq(dataSourceHealth.tenantId, tenants.id))
    .leftJoin(schemaComparisons, eq(schemaComparisons.tenantId, tenants.id))
    .where(
      and(
        ...conditions(query),
        after && sql`(${key}, ${tenants.slug}) ${beyond} (${after.key}::text::${type}, ${after.slug}::text)`,
      ),
    )
    .orderBy(sql`${key} ${way}`, sql`${tenants.slug} ${way}`)
    .limit(query.limit + 1)
  const rows = found.slice(0, query.limit)
  const last = found.length > query.limit ? rows.at(-1) : undefined
  return {
    rows: rows.map(fleetTenantFrom),
    nextCursor: last ? writeCursor(madeFor, last) : null,
  }
}

/** What the page is sorted by. Never null: a null compares with nothing, and the rows behind it would be lost. */
const sorts: Record<FleetSort, { key: SQL; type: SQL }> = {
  slug: { key: sql`${tenants.slug}`, type: sql`text` },
  name: { key: sql`${tenants.name}`, type: sql`text` },
  region: { key: sql`coalesce(${tenants.dataSourceRegion}, '')`, type: sql`text` },
  schemaVersion: { key: sql`coalesce(${dataSourceHealth.schemaVersion}, '')`, type: sql`text` },
  databaseBytes: { key: sql`coalesce(${dataSourceHealth.databaseBytes}, -1)`, type: sql`bigint` },
  checkedAt: { key: sql`coalesce(${dataSourceHealth.checkedAt}, '-infinity')`, type: sql`timestamptz` },
}

function conditions({ search, status, placement, region, health, drift }: FleetQuery): (SQL | undefined)[] {
  const pattern = search ? `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : undefined
  return [
    pattern === undefined
      ? undefined
      : or(sql`${tenants.slug} ilike ${pattern}`, sql`${tenants.name} ilike ${pattern}`),
    status === undefined || status.length === 0 ? undefined : inArray(tenants.status, status),
    placement === undefined ? undefined : eq(tenants.placement, placement),
    region === undefined ? undefined : eq(tenants.dataSourceRegion, region),
    health === undefined ? undefined : isInState(health),
    drift === undefined ? undefined : comparedAs(drift),
  ]
}

function isInState(health: FleetHealth): SQL {
  return health === 'unchecked' ? isNull(dataSourceHealth.state) : eq(dataSourceHealth.state, health)
}

function comparedAs(drift: NonNullable<FleetQuery['drift']>): SQL | undefined {
  const { comparedAt, driftGroup } = schemaComparisons
  switch (drift) {
    case 'uncompared':
      return isNull(comparedAt)
    case 'none':
      return and(isNotNull(comparedAt), isNull(driftGroup))
    case 'drifted':
      return isNotNull(driftGroup)
    default:
      return eq(driftGroup, drift)
  }
}

function writeCursor(madeFor: string, { key, slug }: { key: string; slug: string }): string {
  return Buffer.from(JSON.stringify([madeFor, key, slug])).toString('base64url')
}

/** Throws BAD_INPUT for what is no cursor and for one of another order, which would name another place. */
function readCursor(cursor: string, madeFor: string): { key: string; slug: string } {
  const text = Buffer.from(cursor, 'base64url').toString()
  const parts = z.tuple([z.literal(madeFor), z.string(), z.string()]).safeParse(parse(text))
  if (!parts.success || text.includes(String.raw`\u0000`))
    throw new TenantryError('BAD_INPUT', { message: 'This page is no longer valid. Start from the first page.' })
  const [, key, slug] = parts.data
  return { key, slug }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
