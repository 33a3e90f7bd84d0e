import type { AppDbConnection } from '@tenantry/app-db/open'
import type { ConnectionPoolConfig } from '@tenantry/app-db/types'
import type { Target } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { dataSourceUrl, ownerRoleOf } from '@tenantry/fleet/provision'
import { addTenantToDatabase } from '@tenantry/tenant-db/provision'
import { randomBytes, randomUUID } from 'node:crypto'

/** A connection nobody uses is closed after this, so that only configured tenants are left. */
export const idleMs = 300

/** Companies with a configuration, logins and a sealed credential of their own, all in one database that exists. */
export async function addTenants({
  app,
  keyring,
  admin,
  count,
  prefix = 'many',
  poolConfig = { idleMs },
}: {
  app: AppDbConnection
  keyring: Keyring
  admin: Target
  count: number
  /** Of their slugs. */
  prefix?: string
  poolConfig?: ConnectionPoolConfig
}): Promise<string[]> {
  const ownerId = await app.db.users.create({
    email: `${prefix}@example.com`,
    name: 'Owner of many',
    passwordHash: null,
  })
  const slugs: string[] = []
  for (let number = 0; number < count; number++) {
    const slug = `${prefix}-${number}`
    const settings = { trade: 'photo_booth', timeZone: 'Europe/Berlin', locale: 'en-GB', currency: 'EUR' }
    const id = await app.db.tenants.create('bench', { slug, name: slug, ...settings, ownerId })
    const tenantIdInDataSource = randomUUID()
    const role = `tenant_${tenantIdInDataSource.replaceAll('-', '').slice(0, 16)}`
    const login = (name: string) => ({ role: name, password: randomBytes(24).toString('base64url') })
    const logins = { app: login(role), service: login(`${role}_service`) }
    const ownerRole = ownerRoleOf(admin.database)
    const { identity } = await addTenantToDatabase(admin, { ownerRole, tenantIdInDataSource, ...logins })
    await app.db.tenants.setDataSource('bench', slug, {
      dataSourceUrl: dataSourceUrl(admin, role),
      dataSourceAnonKey: seal(keyring, logins.app.password, { tenantId: id, column: 'data_source_anon_key' }),
      dataSourceServiceKey: seal(keyring, logins.service.password, { tenantId: id, column: 'data_source_service_key' }),
      dataSourceRegion: 'bench',
      connectionPoolConfig: { ...poolConfig, serviceRole: logins.service.role },
      tenantIdInDataSource,
      dataSourceIdentity: identity,
      placement: 'shared',
    })
    slugs.push(slug)
  }
  return slugs
}
