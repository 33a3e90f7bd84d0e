import { grantFacts } from '@tenantry/app-db/grants'
import type { FileStore, TenantFiles, TenantGrant } from '../planes.ts'

/** The one way to files: a grant says whose, by the application's id of the tenant, which stays when its data move. */
export function tenantFiles(store: FileStore, grant: TenantGrant): TenantFiles {
  return store.of(grantFacts(grant).tenantId)
}
