import type { DataSourceHealth } from '@tenantry/contracts/data-source-health'
import { dataSourceHealth } from './table.ts'

/** What is known of a data source, for a query that joins it. */
export const healthColumns = {
  state: dataSourceHealth.state,
  since: dataSourceHealth.since,
  checkedAt: dataSourceHealth.checkedAt,
  code: dataSourceHealth.code,
  message: dataSourceHealth.message,
  milliseconds: dataSourceHealth.milliseconds,
  schemaVersion: dataSourceHealth.schemaVersion,
  serverVersion: dataSourceHealth.serverVersion,
  databaseBytes: dataSourceHealth.databaseBytes,
  replicas: dataSourceHealth.replicas,
}

/** As a left join has it: all null where there is no row. */
export type HealthRow = { [Column in keyof DataSourceHealth]: DataSourceHealth[Column] | null }

/** Null until somebody has looked. */
export function healthFrom(row: HealthRow): DataSourceHealth | null {
  const { state, since, checkedAt, milliseconds, code, message, schemaVersion, serverVersion, databaseBytes } = row
  if (state === null || since === null || checkedAt === null || milliseconds === null) return null
  const replicas = row.replicas ?? []
  return {
    state,
    since,
    checkedAt,
    milliseconds,
    code,
    message,
    schemaVersion,
    serverVersion,
    databaseBytes,
    replicas,
  }
}
