import { createTenantDatabase, type TenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll } from 'vitest'

/** Two tenants in one database and one in a database of its own, on another server; for the tests of one file. */
export function usePlacements() {
  let shared: TenantDatabase
  let dedicated: TenantDatabase
  beforeAll(async () => {
    ;[shared, dedicated] = await Promise.all([
      createTenantDatabase(mainServer(), 2),
      createTenantDatabase(elsewhereServer()),
    ])
  })
  afterAll(async () => {
    await Promise.all([shared.drop(), dedicated.drop()])
  })
  return {
    get shared() {
      return shared
    },
    get dedicated() {
      return dedicated
    },
    /** First of the shared database. */
    get first(): TestTenant {
      return must(shared.tenants[0])
    },
    /** Second of the shared database. */
    get second(): TestTenant {
      return must(shared.tenants[1])
    },
    get alone(): TestTenant {
      return must(dedicated.tenants[0])
    },
  }
}

function must(tenant: TestTenant | undefined): TestTenant {
  if (tenant === undefined) throw new Error('the database has too few tenants')
  return tenant
}
