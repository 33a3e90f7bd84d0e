import type { SchemaComparison } from '@tenantry/contracts/fleet'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { tenants } from '../tenants/table.ts'
import { comparisonColumns, comparisonFrom } from './rows.ts'
import { schemaComparisons } from './table.ts'

/** What a comparison of one database found, for everybody who lives in it. */
export interface ComparedDatabase extends SchemaComparison {
  /** Slugs. */
  tenants: readonly string[]
}

/** For commands: how schemas compared with what their migrations make. */
export class SchemaComparisonsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** In place of what was found before; of two comparisons that overlap the later one stays. Tenants that are gone are left out. */
  async record(databases: readonly ComparedDatabase[]): Promise<void> {
    const found = new Map(databases.flatMap(({ tenants: slugs, ...one }) => slugs.map((slug) => [slug, one] as const)))
    if (found.size === 0) return
    await this.#access.write(async (tx) => {
      const known = await tx.db
        .select({ id: tenants.id, slug: tenants.slug })
        .from(tenants)
        .where(inArray(tenants.slug, [...found.keys()]))
      const rows = known.flatMap(({ id, slug }) => {
        const one = found.get(slug)
        return one === undefined ? [] : [{ tenantId: id, ...one }]
      })
      if (rows.length === 0) return
      await tx.db
        .insert(schemaComparisons)
        .values(rows)
        .onConflictDoUpdate({
          target: schemaComparisons.tenantId,
          set: {
            comparedAt: sql`excluded.compared_at`,
            schemaVersion: sql`excluded.schema_version`,
            driftGroup: sql`excluded.drift_group`,
            differences: sql`excluded.differences`,
          },
          setWhere: sql`${schemaComparisons.comparedAt} <= excluded.compared_at`,
        })
    })
  }

  /** Of every tenant whose schema was compared, by slug. */
  async all(): Promise<Map<string, SchemaComparison>> {
    const rows = await this.#access.reader.db
      .select({ slug: tenants.slug, ...comparisonColumns })
      .from(schemaComparisons)
      .innerJoin(tenants, eq(tenants.id, schemaComparisons.tenantId))
      .orderBy(asc(tenants.slug))
    return new Map(
      rows.flatMap(({ slug, ...row }) => {
        const comparison = comparisonFrom(row)
        return comparison === null ? [] : [[slug, comparison]]
      }),
    )
  }
}
