import { instant } from '@tenantry/connections/columns'
import type { CustomValues } from '@tenantry/contracts/custom-values'
import { sql, type SQL } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  jsonb,
  pgPolicy,
  primaryKey,
  uuid,
  type PgColumn,
  type PgTableExtraConfigValue,
} from 'drizzle-orm/pg-core'
import { byteOrderedText } from './columns.ts'
import { everybodys, type Belonging } from './row-access/belonging.ts'

/** The first two columns of a table whose rows have an id. The database fills in the tenant; repositories never name it. */
export function recordKey() {
  return {
    ...tenantKey(),
    id: uuid('id')
      .notNull()
      .default(sql`gen_random_uuid()`),
  }
}

export function tenantKey() {
  return {
    tenantId: uuid('tenant_id')
      .notNull()
      .default(sql`crm.current_tenant()`),
  }
}

/** What every business record carries after its own columns. */
export function recordEnvelope() {
  return {
    custom: jsonb('custom').$type<CustomValues>().notNull().default({}),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    createdBy: uuid('created_by'),
    updatedAt: instant('updated_at')
      .notNull()
      .default(sql`now()`),
    updatedBy: uuid('updated_by'),
    archivedAt: instant('archived_at'),
    deletedAt: instant('deleted_at'),
    deletedBy: uuid('deleted_by'),
    /** Counts every write; a patch names the version it was made from. */
    version: integer('version').notNull().default(1),
    importBatchId: uuid('import_batch_id'),
  }
}

/** Keys, policy and indexes of a business record; `table` is its name in Postgres. */
export function recordRules(
  table: string,
  t: Record<'tenantId' | 'id' | 'updatedAt', PgColumn>,
): PgTableExtraConfigValue[] {
  return [
    ...tenantRules(table, [t.tenantId, t.id]),
    check(`${table}_custom_check`, sql`jsonb_typeof(custom) = 'object'`),
    check(`${table}_version_check`, sql`version > 0`),
    // Ascending serves both directions: read backwards it is exactly `order by updated_at desc, id desc`.
    index(`${table}_recent`).on(t.tenantId, t.updatedAt, t.id).where(live),
    // Most rows have no custom fields and stay out of it; a query says `custom <> '{}'` to use it. Not an index on what they
    // hold: no operator on JSON is leakproof, so under row security it may only be asked of rows known to be the tenant's own.
    index(`${table}_custom`)
      .on(t.tenantId, t.id)
      .where(sql`custom <> '{}'::jsonb`),
  ]
}

/**
 * Lists of the archive and the bin, which are small, and the search: an index from which the text of every row can be read
 * without the row. Trigram indexes cannot serve it: `like` is not leakproof, so under row security it may only be asked of
 * rows that are known to be the tenant's own. It also holds whose a row is, which the policies of row access ask; by an
 * index of its own the rows of a limited member are found.
 */
export function listIndexes(
  table: string,
  t: Record<'tenantId' | 'id' | 'searchText', PgColumn>,
  { columns, found }: Belonging = everybodys,
) {
  return [
    ...(found ? [index(`${table}_${found.index.name}`).on(t.tenantId, ...found.index.columns)] : []),
    index(`${table}_search`)
      .on(t.tenantId, t.id, t.searchText, ...columns)
      .where(live),
    index(`${table}_archive`)
      .on(t.tenantId, t.id)
      .where(sql`deleted_at is null and archived_at is not null`),
    index(`${table}_bin`)
      .on(t.tenantId, t.id)
      .where(sql`deleted_at is not null`),
  ]
}

/** What a search looks into: lower case, and cut where an index entry would become too long. */
export function searchText(text: SQL) {
  return byteOrderedText('search_text')
    .notNull()
    .generatedAlwaysAs(sql`left(lower(${text}), 500)`)
}

/** Primary key and the one policy of a table that belongs to tenants. Migrations add FORCE, which Drizzle cannot say. */
export function tenantRules(table: string, key: [PgColumn, ...PgColumn[]]): PgTableExtraConfigValue[] {
  return [
    primaryKey({ name: `${table}_pkey`, columns: key }),
    pgPolicy('tenant_isolation', {
      using: sql`tenant_id = (select crm.current_tenant())`,
      withCheck: sql`tenant_id = (select crm.current_tenant())`,
    }),
  ]
}

/** The rows outside the bin: what every list reads, so what every list index holds. */
export const live = sql`deleted_at is null`
