import { seal } from '@tenantry/credentials/seal'
import { dataSourceUrl, ownerRoleOf } from '@tenantry/fleet/provision'
import { addTenantToDatabase, prepareTenantDatabase } from '@tenantry/tenant-db/provision'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { createDatabase, type TestDatabase } from './databases.ts'
import type { World } from './world.ts'

export { migrationTags, newestVersion, oldestServed } from '@tenantry/tenant-db/proof'

/** Gives a company of the world another database, empty, which stopped at the migration `upTo`. */
export async function setBack<Slug extends string>(
  { app, keyring, tenants }: World<Slug>,
  slug: Slug,
  { server, upTo }: { server: ServerAddress; upTo: string },
): Promise<TestDatabase> {
  const database = await createDatabase(server)
  const { admin } = database
  const ownerRole = ownerRoleOf(admin.database)
  await prepareTenantDatabase(admin, { ownerRole, upTo })
  const tenantIdInDataSource = randomUUID()
  const login = (kind: string) => ({ role: `${admin.database}_${kind}`, password: randomUUID() })
  const [serving, service] = [login('app'), login('service')]
  const { identity } = await addTenantToDatabase(admin, { ownerRole, tenantIdInDataSource, app: serving, service })
  const { id: tenantId } = tenants[slug]
  await app.db.tenants.setDataSource('tests', slug, {
    dataSourceUrl: dataSourceUrl(admin, serving.role),
    dataSourceAnonKey: seal(keyring, serving.password, { tenantId, column: 'data_source_anon_key' }),
    dataSourceServiceKey: seal(keyring, service.password, { tenantId, column: 'data_source_service_key' }),
    dataSourceRegion: 'here',
    connectionPoolConfig: { serviceRole: service.role },
    tenantIdInDataSource,
    dataSourceIdentity: identity,
    placement: 'dedicated',
  })
  return database
}
