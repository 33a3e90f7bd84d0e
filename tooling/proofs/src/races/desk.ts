import { openAdminLink, type AdminRun } from '@tenantry/connections/admin'
import { openDatabase } from '@tenantry/connections/database'
import { openPool } from '@tenantry/connections/pool'
import { tenantWriter } from '@tenantry/tenant-db/open'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { createTenantDatabase } from '@tenantry/testing/tenant-database'
import type { ServerAddress } from '@tenantry/vitest-config/servers'

/** One tenant in a database that it shares with another. */
export interface Desk extends AsyncDisposable {
  write<T>(work: (db: TenantDb) => Promise<T>): Promise<T>
  /** As the superuser, who sees every row. */
  admin: AdminRun
}

/** Each client has a connection of its own. */
export async function openDesk(server: ServerAddress, clients: number): Promise<Desk> {
  const database = await createTenantDatabase(server, 2)
  const [tenant] = database.tenants
  if (tenant === undefined) throw new Error('two tenants were asked for')
  const pool = openPool(tenant.app, { max: clients })
  const served = openDatabase(pool)
  const admin = await openAdminLink(database.admin)
  const actor = { id: null, kind: 'system' as const, requestId: 'races' }
  const write: Desk['write'] = (work) => served.transaction((tx) => work(tenantWriter(tx, actor)))
  await write((db) => db.pipelines.create(pipelineInput()))
  return {
    write,
    admin: admin.run,
    async [Symbol.asyncDispose]() {
      await pool.close()
      await admin.close()
      await database.drop()
    },
  }
}
