import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { memberRefs } from '../member-refs/table.ts'

type Shown = 'version' | 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy' | 'archivedAt' | 'deletedAt'

/** Any business table: it has the envelope. */
export type RecordTable = PgTable & Record<Shown | 'tenantId' | 'id' | 'deletedBy', PgColumn>

/** The columns that every record shows beside its own. */
export function envelopeOf<Table extends RecordTable & { custom: PgColumn }>(
  table: Table,
): Pick<Table, Shown | 'custom'> {
  return { ...settingEnvelopeOf(table), custom: table.custom }
}

/** The same of what has no custom fields. */
export function settingEnvelopeOf<Table extends RecordTable>(table: Table): Pick<Table, Shown> {
  const { version, createdAt, createdBy, updatedAt, updatedBy, archivedAt, deletedAt } = table
  return { version, createdAt, createdBy, updatedAt, updatedBy, archivedAt, deletedAt }
}

/** The record whose id is the parameter `id`. */
export function withId(table: RecordTable): SQL {
  return eq(table.id, sql.placeholder('id'))
}

/** Joins a row to the one that refers to it, tenant and all, which is how the primary key can be used. */
export function sameRow(other: { tenantId: PgColumn }, key: PgColumn, from: PgColumn): SQL | undefined {
  return and(eq(other.tenantId, tenantIdOf(from)), eq(key, from))
}

/** Joins the member who owns a record. */
export function isOwner(ownerId: PgColumn): SQL | undefined {
  return sameRow(memberRefs, memberRefs.userId, ownerId)
}

/** Every table of this package but `currencies` belongs to tenants, and nothing is joined from that one. */
function tenantIdOf(column: PgColumn): PgColumn {
  return (column.table as unknown as RecordTable).tenantId
}
