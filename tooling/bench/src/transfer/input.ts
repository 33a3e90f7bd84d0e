/** A login as the driver of the other side takes it too. */
export interface Login {
  host: string
  port: number
  database: string
  user: string
  password: string
}

export interface TransferInput {
  way: 'transfer' | 'bare' | 'verify' | 'cutover'
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
  /** Loses its rights on the old tables when the company is switched over. */
  applicationRole: string
}

export interface TransferMeasured {
  seconds: number
  peakMb: number
  /** Of a cutover. */
  pausedMs?: number | null
  pauseSteps?: { step: string; ms: number }[]
}
