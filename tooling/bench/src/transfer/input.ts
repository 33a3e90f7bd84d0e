/** A login as the driver of the other side takes it too. */
export interface Login {
  host: string
  port: number
  database: string
  user: string
  password: string
}

export interface TransferInput {
  way: 'transfer' | 'bare' | 'verify'
  rows: number
  /** The superuser at the application database, where the old tables are. */
  source: Login
  appLogin: Login
  /** The superuser at the tenant database. */
  target: Login
  keys: string
  slug: string
  legacyTenantId: string
  tenantIdInDataSource: string
}

export interface TransferMeasured {
  seconds: number
  peakMb: number
}
