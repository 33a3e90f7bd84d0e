import { sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core'
import { inboundAddresses } from '../inbound-addresses/table.ts'
import { tenants } from '../tenants/table.ts'
import { webhookEndpoints } from '../webhooks/table.ts'

/** Columns that hold a sealed value, by the name it is bound to. */
export type SealedColumn =
  | 'data_source_anon_key'
  | 'data_source_service_key'
  | 'data_source_support_key'
  | 'webhook_secret'
  | 'webhook_previous_secret'
  | 'inbound_secret'

export interface SealedTable {
  table: PgTable
  /** Whose values these are. */
  tenantId: AnyPgColumn
  /** The row's key. Where a tenant can have several rows, their values are bound to it. */
  rowId: AnyPgColumn
  columns: Partial<Record<SealedColumn, AnyPgColumn>>
}

/** Every place where the application database keeps something sealed. A column that is missing here would never be rotated. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: tenants,
    tenantId: tenants.id,
    rowId: tenants.id,
    columns: {
      data_source_anon_key: tenants.dataSourceAnonKey,
      data_source_service_key: tenants.dataSourceServiceKey,
      data_source_support_key: tenants.dataSourceSupportKey,
    },
  },
  {
    table: webhookEndpoints,
    tenantId: webhookEndpoints.tenantId,
    rowId: webhookEndpoints.id,
    columns: {
      webhook_secret: webhookEndpoints.sealedSecret,
      webhook_previous_secret: webhookEndpoints.sealedPreviousSecret,
    },
  },
  {
    table: inboundAddresses,
    tenantId: inboundAddresses.tenantId,
    rowId: inboundAddresses.id,
    columns: { inbound_secret: inboundAddresses.sealedSecret },
  },
]

export function columnsOf({ columns }: SealedTable): [SealedColumn, AnyPgColumn][] {
  // `columns` is written above with these keys and no others.
  return Object.entries(columns) as [SealedColumn, AnyPgColumn][]
}

/** All of them as rows of (tenant_id, column_name, row_id, sealed). */
export function everySealedValue(): SQL {
  const parts = sealedTables.flatMap((place) =>
    columnsOf(place).map(
      ([name, column]) =>
        sql`select ${place.tenantId} as tenant_id, ${name}::text collate "C" as column_name, ${place.rowId} as row_id, ${column} as sealed
          from ${place.table} where ${column} is not null`,
    ),
  )
  return sql.join(parts, sql` union all `)
}
