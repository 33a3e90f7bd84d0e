import { openAdminLink, withAdminConnection, type AdminLink } from '@tenantry/connections/admin'
import type { LocalServer } from '@tenantry/local-postgres'
import { createTenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { createHalves } from './halves.ts'

/** A database with tenants and the table of the proof. */
export interface Stage extends AsyncDisposable {
  tenants: TestTenant[]
  roles: string[]
  openAdmin(): Promise<AdminLink>
}

export async function openStage(server: LocalServer, tenantCount: number): Promise<Stage> {
  const { host, port, superuser, password } = server
  const database = await createTenantDatabase({ host, port, user: superuser, password }, tenantCount)
  const roles = database.tenants.map(({ app }) => app.user)
  await withAdminConnection(database.admin, (run) => createHalves(run, roles))
  return {
    tenants: database.tenants,
    roles,
    openAdmin: () => openAdminLink(database.admin),
    [Symbol.asyncDispose]: () => database.drop(),
  }
}

/** The same for one tenant. */
export async function openStageOfOne(server: LocalServer): Promise<Stage & { tenant: TestTenant }> {
  const stage = await openStage(server, 1)
  const [tenant] = stage.tenants
  if (tenant === undefined) throw new Error('a stage of one has a tenant')
  return { ...stage, tenant }
}
