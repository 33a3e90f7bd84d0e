import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { ErrorCode } from '@tenantry/errors/codes'
import type { Actor } from '@tenantry/tenant-db/types'

/** What a grant says, once it has been found genuine. */
export interface GrantFacts {
  tenantId: string
  actor: Actor
  access: 'read' | 'write'
  /** Of the data source when the grant was minted; another one here is read again. */
  dataSourceVersion: string
  expiresAt: Date
}

/** Where a tenant's data lives and how to log in there. */
export interface DataSourceRecord extends Pick<DataSourceView, 'placement' | 'region'> {
  /** Role, host, port, database and TLS mode; never a password. */
  url: string
  sealedAnonKey: string
  tenantIdInDataSource: string
  /** Physical connections at most. */
  maxConnections: number
}

/** What data sources ask of the application database; grants are opaque here, and only their maker can read them. */
export interface GrantDesk<Grant extends object> {
  /** Throws GRANT_REFUSED for anything that the application database has not minted itself. */
  facts(grant: Grant): GrantFacts
  /** Undefined when the tenant has no data source. */
  dataSource(grant: Grant): Promise<DataSourceRecord | undefined>
  /** Writes to the audit log that a database or credential was not the tenant's. */
  reportRefusal(grant: Grant, code: ErrorCode): Promise<void>
}
