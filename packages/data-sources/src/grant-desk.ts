import type { PoolOptions } from '@tenantry/connections/pool'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { TenantStatus } from '@tenantry/contracts/session'
import type { ErrorCode } from '@tenantry/errors/codes'
import type { RowLimits } from '@tenantry/tenant-db/row-limits'
import type { Actor } from '@tenantry/tenant-db/types'

/** Which role of the tenant's database: the one that serves requests, or the one that can only read. */
export type Login = 'serving' | 'support'

/** What a grant says, once it has been found genuine. */
export interface GrantFacts {
  tenantId: string
  actor: Actor
  access: 'read' | 'write'
  login: Login
  /** Whose records are reached; null for everybody's. */
  limits: RowLimits | null
  /** The same while a list is saved as a file. */
  exportLimits: RowLimits | null
  /** Of the data source when the grant was minted; an older one here is read again. */
  dataSourceVersion: number
  expiresAt: Date
}

/** Where a tenant's data lives and how to log in there. */
export interface DataSourceRecord extends Pick<DataSourceView, 'placement' | 'region'> {
  /** Counts the changes of this record and of the tenant's status. */
  version: number
  /** Of the tenant, as of the same moment as `identity`: whoever learns of an epoch learns whether it is written under. */
  status: TenantStatus
  /** Role, host, port, database and TLS mode; never a password. */
  url: string
  sealedAnonKey: string
  /** The login that can only read; absent for a tenant that has none yet. */
  support?: { role: string; sealedKey: string }
  tenantIdInDataSource: string
  /** `<server>/<database>/<epoch>`, as the database said when it was set up. */
  identity: string
  /** Standbys that may answer reads: the same role, password and database at other addresses. */
  replicas: { url: string; region: string }[]
  /** Answer reads from a replica that may be behind once the primary is found away. */
  readOnlyFallback: boolean
  /** Bounds and deadlines of the tenant's pool. */
  pool: Omit<PoolOptions, 'prove' | 'permits'>
}

/** That a database or credential was not the tenant's, and in what it differs. */
export interface Refusal {
  code: ErrorCode
  reason: string | undefined
}

/** What data sources ask of the application database; grants are opaque here, and only their maker can read them. */
export interface GrantDesk<Grant extends object> {
  /** Throws GRANT_REFUSED for anything that the application database has not minted itself. */
  facts(grant: Grant): GrantFacts
  /** Undefined when the tenant has no data source. */
  dataSource(grant: Grant): Promise<DataSourceRecord | undefined>
  /** That a transaction of a tenant was committed, or may have been. Returns at once. */
  wrote?(tenantId: string): void
  /** Waits for what it still has to say. */
  close?(): Promise<void>
  /** Writes to the audit log. */
  reportRefusal(grant: Grant, refusal: Refusal): Promise<void>
}
