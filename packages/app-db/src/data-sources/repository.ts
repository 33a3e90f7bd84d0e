import type { Access } from '../access.ts'
import { grantFacts, type TenantGrant } from '../grants/grant.ts'
import { readDataSource, type DataSourceRecord } from './read-data-source.ts'

export class DataSourcesRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Throws TENANT_DATABASE_NOT_CONFIGURED, and CONFIGURATION_INVALID for a pool configuration nobody validated. */
  async forGrant(grant: TenantGrant): Promise<DataSourceRecord> {
    return await readDataSource(this.#access.reader, grantFacts(grant).tenantId)
  }
}
