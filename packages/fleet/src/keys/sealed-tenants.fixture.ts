import type { SealedColumn } from '@tenantry/app-db/types'
import { withAdminConnection } from '@tenantry/connections/admin'
import { parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { lookInto } from '@tenantry/testing/look-into'
import { mainServer } from '@tenantry/vitest-config/servers'
import { createCipheriv, randomUUID } from 'node:crypto'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
export const oldKeys = parseKeyring(`k1:${key(1)}`)
export const bothKeys = parseKeyring(`k2:${key(2)},k1:${key(1)}`)

/** An application database with as many tenants, each with two values sealed by `keyring`: no tenant database exists. */
export async function stageSealedTenants(count: number, keyring: Keyring = oldKeys) {
  const database = await createAppDatabase(mainServer())
  const app = database.open()
  const tenants = Array.from({ length: count }, (_, at) => sealedTenant(keyring, at))
  await withAdminConnection(database.admin, (run) => run(insertTenants, [JSON.stringify(tenants)]))
  const rows = (columns: string) => lookInto(database.admin, `select ${columns} from app.tenants order by slug`)
  /** Writes a value past everything that keeps it in order. */
  const put = (slug: string, column: SealedColumn, sealed: string) =>
    lookInto(database.admin, `update app.tenants set ${column} = $2 where slug = $1`, [slug, sealed])
  const close = async () => {
    await app.close()
    await database.drop()
  }
  return { app, tenants, admin: database.admin, target: database.app, rows, put, close, [Symbol.asyncDispose]: close }
}

/** What a tenant's two values say once they are open. */
export function secretsOf(slug: string) {
  return { data_source_anon_key: `anon of ${slug}`, data_source_service_key: `service of ${slug}` }
}

function sealedTenant(keyring: Keyring, at: number) {
  const id = randomUUID()
  const slug = `company-${String(at).padStart(5, '0')}`
  const secrets = secretsOf(slug)
  return {
    id,
    slug,
    anon: seal(keyring, secrets.data_source_anon_key, { tenantId: id, column: 'data_source_anon_key' }),
    service: seal(keyring, secrets.data_source_service_key, { tenantId: id, column: 'data_source_service_key' }),
  }
}

const insertTenants = `
  insert into app.tenants (id, slug, name, trade, time_zone, locale, currency, data_source_url, data_source_anon_key,
    data_source_service_key, data_source_region, connection_pool_config, tenant_id_in_data_source, data_source_identity, placement)
  select id, slug, slug, 'dj', 'Europe/Berlin', 'en', 'EUR', 'postgres://' || slug || '@127.0.0.1:1/nowhere', anon, service,
    'test', '{}', gen_random_uuid(), '1/1/1', 'dedicated'
  from jsonb_to_recordset($1::jsonb) as t(id uuid, slug text, anon text, service text)`

/** As the single-database CRM sealed it: `iv:authTag:ciphertext` under the bare key, bound to nothing. */
export function sealLegacy(keyByte: number, text: string): string {
  const iv = Buffer.alloc(16, 7)
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, keyByte), iv)
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final()])
  return [iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64')).join(':')
}
