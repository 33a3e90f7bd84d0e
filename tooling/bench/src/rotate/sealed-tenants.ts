import { withAdminConnection } from '@tenantry/connections/admin'
import type { Keyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { createAppDatabase } from '@tenantry/testing/app-database'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'

/** An application database with as many tenants, each with two sealed passwords. */
export async function openSealedTenants(server: ServerAddress, keyring: Keyring, count: number) {
  const database = await createAppDatabase(server)
  const tenants = Array.from({ length: count }, (_, at) => {
    const tenantId = randomUUID()
    return {
      id: tenantId,
      slug: `company-${at}`,
      anon: seal(keyring, `password ${at} of the login`, { tenantId, column: 'data_source_anon_key' }),
      service: seal(keyring, `password ${at} of the service`, { tenantId, column: 'data_source_service_key' }),
    }
  })
  await withAdminConnection(database.admin, (run) => run(insertTenants, [JSON.stringify(tenants)]))
  const app = database.open()
  const close = async () => {
    await app.close()
    await database.drop()
  }
  return { app, target: database.app, [Symbol.asyncDispose]: close }
}

const insertTenants = `
  insert into app.tenants (id, slug, name, trade, time_zone, locale, currency, data_source_url, data_source_anon_key,
    data_source_service_key, data_source_region, connection_pool_config, tenant_id_in_data_source, data_source_identity, placement)
  select id, slug, slug, 'dj', 'Europe/Berlin', 'en', 'EUR', 'postgres://' || slug || '@127.0.0.1:1/nowhere', anon, service,
    'bench', '{}', gen_random_uuid(), '1/1/1', 'dedicated'
  from jsonb_to_recordset($1::jsonb) as t(id uuid, slug text, anon text, service text)`
