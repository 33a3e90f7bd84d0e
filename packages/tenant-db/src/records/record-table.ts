import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { and, eq } from 'drizzle-orm'
import { memberRefs } from '../member-refs/table.ts'

/** Any business table: it has the envelope. */
export type RecordTable = PgTable & Record<keyof typeof envelopeNames | 'tenantId' | 'id' | 'deletedBy', PgColumn>

const envelopeNames = {
  version: true,
  createdAt: true,
  createdBy: true,
  updatedAt: true,
  updatedBy: true,
  archivedAt: true,
  deletedAt: true,
}

/** The columns that every record shows beside its own. */
export function envelopeOf<Table extends RecordTable>(table: Table): Pick<Table, keyof typeof envelopeNames> {
  const { version, createdAt, createdBy, updatedAt, updatedBy, archivedAt, deletedAt } = table
  return { version, createdAt, createdBy, updatedAt, updatedBy, archivedAt, deletedAt }
}

/** Joins rows of one tenant. Row security has seen to the tenant already; the key is what makes the join use its index. */
export function sameRow(other: { tenantId: PgColumn }, key: PgColumn, from: PgColumn): SQL | undefined {
  return and(eq(other.tenantId, tenantIdOf(from)), eq(key, from))
}

/** The member who owns a record. */
export function isOwner(ownerId: PgColumn): SQL | undefined {
  return sameRow(memberRefs, memberRefs.userId, ownerId)
}

function tenantIdOf(column: PgColumn): PgColumn {
  return (column.table as unknown as RecordTable).tenantId
}

export const byPlaceholder = (column: PgColumn, name = 'id') => sql`${column} = ${sql.placeholder(name)}`
