import type { AppDbConnection } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import { parseTarget } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { open } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import { endWork, letIn, loginsOf, setServing, type Serving } from '@tenantry/tenant-db/serving'
import { databasesOf } from './databases/fleet-database.ts'
import { openServiceLink } from './databases/service-link.ts'
import type { AdminAt, TenantPlace } from './tenant-place.ts'
import { otherNameOf } from './tenant-roles.ts'

/** Who may say what a tenant's logins can do in its database, and end what they are doing. */
export interface ServingPower {
  apply(tenant: { slug: string; place: TenantPlace }, serving: Serving): Promise<{ ended: number }>
}

/** The administrator of the server: may also keep a login out. For the command line, which knows administrators. */
export function byAdministrator(adminAt: AdminAt): ServingPower {
  return {
    async apply({ place }, serving) {
      const { host, port, database, tenantIdInDataSource, appRole: current } = place
      return await withAdminConnection({ ...adminAt({ host, port }), database }, async (run) => {
        const logins = await loginsOf(run, tenantIdInDataSource)
        await setServing(run, { ...logins, current }, serving)
        return serving === 'all' ? { ended: 0 } : await endWork(run, [...logins.serving, ...logins.service])
      })
    },
  }
}

/**
 * The tenant's own logins, which the application database holds: the owner's side gives and takes rights, and each login
 * ends its own connections. Enough to let a tenant read only and to take that back; for a server process, which knows no
 * administrator.
 *
 * A login that a rotation of passwords is leaving loses its rights with the others. What it had begun is ended by the
 * processes that hold its connections: they watch the status.
 */
export function byOwnLogins({
  app,
  keyring,
}: {
  app: Pick<AppDbConnection, 'serviceAccess'>
  keyring: Keyring
}): ServingPower {
  return {
    async apply({ slug, place }, serving) {
      if (serving === 'none') throw new TypeError('only an administrator keeps logins out')
      const tenants = await app.serviceAccess.tenants()
      const tenant = tenants.find((one) => one.slug === slug)
      const [database] = databasesOf(tenant === undefined ? [] : [tenant])
      if (tenant === undefined || database === undefined) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
      await using link = await openServiceLink(database, { keyring })
      const known = await app.serviceAccess.servingLogins(slug)
      // The owner is not told whose its logins are, but by their names.
      const names = known.flatMap(({ role }) => [role, otherNameOf(role)])
      const logins = { serving: await letIn(link.run, names), service: [] }
      await setServing(link.run, { ...logins, current: place.appRole }, serving)
      if (serving === 'all') return { ended: 0 }
      // As itself again: an owner is not what its logins are, and may not end their connections.
      await link.run('reset role')
      let { ended } = await endWork(link.run, tenant.serviceRole === undefined ? [] : [tenant.serviceRole])
      const { user: _, password: __, ...address } = parseTarget(tenant.url)
      for (const { role, sealedKey, column } of known) {
        const secret = open(keyring, sealedKey, { tenantId: tenant.id, column })
        const target = { ...address, user: role, password: () => secret.reveal(), applicationName: 'tenantry-fleet' }
        const startup = { 'tenantry.tenant_id': tenant.tenantIdInDataSource }
        ended += (await withAdminConnection({ ...target, startup }, (run) => endWork(run, [role]))).ended
      }
      return { ended }
    },
  }
}
