import { openAdminLink, withAdminConnection, type AdminLink } from '@tenantry/connections/admin'
import { urlOf } from '@tenantry/connections/target'
import type { SessionId, TenantId } from '@tenantry/contracts/ids'
import { generateKey, parseKeyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { relocateDataSource } from '@tenantry/fleet/relocate'
import { dataSourceUrl } from '@tenantry/fleet/provision'
import type { LocalServer } from '@tenantry/local-postgres'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { createTenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'

/** One of the two databases between which the tenant moves. */
export interface Home {
  tenant: TestTenant
  /** Of everything in it. */
  admin: AdminLink
  /** As the database has it now. */
  identity: string
}

/** An application database, a tenant with a member who is signed in, and two databases for it. */
export interface Stage extends AsyncDisposable {
  appDatabaseUrl: string
  keys: string
  sessionId: SessionId
  homes: [Home, Home]
  /** Resolves when the move is acknowledged. */
  move(from: Home, to: Home): Promise<void>
  setStatus(status: 'active' | 'suspended'): Promise<void>
  setNotifications(state: 'on' | 'lost'): Promise<void>
}

export async function openStage({ host, port, superuser: user, password }: LocalServer): Promise<Stage> {
  const server = { host, port, user, password }
  const database = await createAppDatabase(server)
  const app = database.open()
  const keys = `k1:${generateKey()}`
  const homes = [await openHome(server), await openHome(server)] as [Home, Home]
  const settings = { trade: 'dj', timeZone: 'UTC', locale: 'en', currency: 'EUR' }
  const ownerId = await app.db.users.create({ email: 'olga@acme.example', name: 'Olga', passwordHash: null })
  const tenantId = await app.db.tenants.create('proof', { slug: 'acme', name: 'Acme', ...settings, ownerId })
  const sessionId = await app.db.sessions.start({ userId: ownerId, name: 'Olga', userAgent: null, requestId: null })
  const settingsOf = (home: Home) => dataSourceOf(home, tenantId, keys)
  await app.db.tenants.setDataSource('proof', 'acme', settingsOf(homes[0]))
  for (const { admin, tenant } of homes) {
    await admin.run(`insert into crm.member_refs (tenant_id, user_id, display_name) values ($1, $2, 'Olga')`, [
      tenant.tenantIdInDataSource,
      ownerId,
    ])
  }
  return {
    appDatabaseUrl: urlOf(database.app),
    keys,
    sessionId,
    homes,
    async move(from, to) {
      await relocateDataSource({
        appDb: app.db,
        operatorName: 'proof',
        slug: 'acme',
        from: from.tenant,
        to: settingsOf(to),
      })
      from.identity = raised(from.identity)
    },
    setStatus: (status) => app.db.tenants.setStatus('proof', 'acme', status),
    setNotifications: (state) =>
      withAdminConnection(database.admin, async (run) => {
        await run(`alter table app.tenants ${state === 'on' ? 'enable' : 'disable'} trigger tenants_told`)
      }),
    async [Symbol.asyncDispose]() {
      for (const { admin } of homes) await admin.close()
      await app.close()
    },
  }
}

async function openHome(server: Parameters<typeof createTenantDatabase>[0]): Promise<Home> {
  const { admin, tenants } = await createTenantDatabase(server)
  const [tenant] = tenants
  if (tenant === undefined) throw new Error('the database has a tenant')
  return { tenant, admin: await openAdminLink(admin), identity: tenant.identity }
}

function dataSourceOf({ tenant, identity }: Home, tenantId: TenantId, keys: string) {
  const keyring = parseKeyring(keys)
  const { app, service, tenantIdInDataSource } = tenant
  return {
    dataSourceUrl: dataSourceUrl(app, app.user),
    dataSourceAnonKey: seal(keyring, app.password(), { tenantId, column: 'data_source_anon_key' }),
    dataSourceServiceKey: seal(keyring, service.password(), { tenantId, column: 'data_source_service_key' }),
    dataSourceRegion: 'here',
    connectionPoolConfig: { max: 4 },
    tenantIdInDataSource,
    dataSourceIdentity: identity,
    placement: 'dedicated' as const,
  }
}

/** A move counts the epoch up, the last part of the identity. */
function raised(identity: string): string {
  const at = identity.lastIndexOf('/') + 1
  return `${identity.slice(0, at)}${Number(identity.slice(at)) + 1}`
}
