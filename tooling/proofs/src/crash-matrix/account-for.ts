import { parseTarget } from '@tenantry/connections/target'
import { open } from '@tenantry/credentials/seal'
import { loginGroupsOf } from '@tenantry/tenant-db/provision-groups'
import type { Ground } from './ground.ts'

/**
 * Everything on the server that belongs to no tenant: logins, owner roles, databases, identities, half-made copies; and
 * every sealed password that does not open. Sentences, none when all is accounted for.
 */
export async function findOrphans(ground: Ground): Promise<string[]> {
  const tenants = (await ground.ask(
    ground.appAdmin.database,
    `select id::text, slug, placement, data_source_url as url, data_source_anon_key as anon, data_source_service_key as service,
       data_source_support_key as support, connection_pool_config ->> 'serviceRole' as service_role,
       connection_pool_config ->> 'supportRole' as support_role from app.tenants`,
  )) as Found[]
  const complaints: string[] = []
  const roles = new Set<string>()
  const databases = new Set(['postgres', 'template0', 'template1', ground.appAdmin.database])
  for (const { id: tenantId, slug, placement, url, anon, service, support, service_role, support_role } of tenants) {
    if (url === null) {
      complaints.push(`${slug} has no data source`)
      continue
    }
    const { database, user = '' } = parseTarget(url)
    databases.add(database)
    for (const role of [user, service_role, support_role, `${database}_owner`]) roles.add(role)
    const { serving, reading } = loginGroupsOf(`${database}_owner`)
    if (placement === 'shared') for (const role of [serving, reading]) roles.add(role)
    if (!opens(ground, anon, { tenantId, column: 'data_source_anon_key' }))
      complaints.push(`${slug}: the password of requests does not open`)
    if (!opens(ground, service, { tenantId, column: 'data_source_service_key' }))
      complaints.push(`${slug}: the password of fleet does not open`)
    if (!opens(ground, support, { tenantId, column: 'data_source_support_key' }))
      complaints.push(`${slug}: the password of support does not open`)
  }
  for (const { name } of await ground.ask('postgres', 'select datname as name from pg_database')) {
    const isTemplate = /^tenantry_template_[0-9a-f]{16}$/.test(String(name))
    if (!databases.has(String(name)) && !isTemplate) complaints.push(`the database ${String(name)} is nobody's`)
  }
  const mine = `select rolname as name from pg_roles where rolname !~ '^pg_' and rolname <> 'postgres' and rolname !~ '^test_'`
  for (const { name } of await ground.ask('postgres', mine)) {
    if (!roles.has(String(name)) && name !== 'tenantry_template_owner')
      complaints.push(`the role ${String(name)} is nobody's`)
  }
  return complaints
}

type Found = {
  id: string
  slug: string
  placement: string | null
  url: string | null
  anon: string
  service: string
  support: string
  service_role: string
  support_role: string
}

function opens({ keyring }: Ground, sealed: string, context: Parameters<typeof open>[2]): boolean {
  try {
    return open(keyring, sealed, context).reveal().length > 0
  } catch {
    return false
  }
}
