import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import {
  addTenantToDatabase,
  migrationsFolder,
  prepareTenantDatabase,
  type TenantAdmission,
} from '@tenantry/tenant-db/provision'
import { ensureLoginGroups } from '@tenantry/tenant-db/provision-groups'
import { addSupportLogin } from '@tenantry/tenant-db/provision-support'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createDatabase, type TestDatabase } from './databases.ts'

export interface TestTenant {
  tenantIdInDataSource: string
  /** What the database says about itself, as the data source keeps it. */
  identity: string
  /** The login that serves requests, with its claim in the startup message. */
  app: Target
  /** The same login as a pooler passes it on: without the startup message. */
  pooled: Target
  /** The login of fleet and transfer, acting as the owner. */
  service: Target
  /** The login of support access, which can only read. */
  support: Target
}

export interface TenantDatabase extends AsyncDisposable {
  /** The superuser: sees every row, row security or not. */
  admin: Target
  ownerRole: string
  tenants: TestTenant[]
  drop(): Promise<void>
}

/** A tenant database of one's own, migrated and provisioned as in production: one tenant is dedicated, several share it. */
export async function createTenantDatabase(server: ServerAddress, tenantCount = 1): Promise<TenantDatabase> {
  const { admin, ownerRole, drop } = await createPreparedDatabase(server)
  if (tenantCount > 1) await withAdminConnection(admin, (run) => ensureLoginGroups(run, ownerRole))
  const tenants = []
  for (let count = 0; count < tenantCount; count++) tenants.push(await addTenant(admin, ownerRole))
  return { admin, ownerRole, tenants, drop, [Symbol.asyncDispose]: drop }
}

/** A database that was migrated but serves nobody yet, a copy of the template; its objects belong to its own owner role. */
export async function createPreparedDatabase(server: ServerAddress): Promise<TestDatabase & { ownerRole: string }> {
  const database = await createDatabase(server, { template: { key: migrationsKey(), prepare: prepareTemplate } })
  const ownerRole = `${database.admin.database}_owner`
  await withAdminConnection(database.admin, async (run) => {
    await run(`create role "${ownerRole}"`)
    await run(`reassign owned by ${templateOwner} to "${ownerRole}"`)
    // Said by the first migration, in the template's owner's name.
    await run(`alter default privileges for role "${ownerRole}" revoke execute on functions from public`)
  })
  await prepareTenantDatabase(database.admin, { ownerRole })
  return { ...database, ownerRole }
}

const templateOwner = 'tenantry_template_owner'

async function prepareTemplate(admin: Target): Promise<void> {
  await prepareTenantDatabase(admin, { ownerRole: templateOwner })
}

/** A template of other migrations is another template. */
function migrationsKey(): string {
  const hash = createHash('sha256').update('tenant database')
  for (const file of readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    hash.update(readFileSync(`${migrationsFolder}/${file}`))
  }
  return hash.digest('hex')
}

async function addTenant(admin: Target, ownerRole: string): Promise<TestTenant> {
  const tenantIdInDataSource = randomUUID()
  const name = `tenant_${tenantIdInDataSource.replaceAll('-', '').slice(0, 16)}`
  const app = { role: name, password: randomBytes(12).toString('base64url') }
  const service = { role: `${name}_service`, password: randomBytes(12).toString('base64url') }
  const admission: TenantAdmission = { ownerRole, tenantIdInDataSource, app, service }
  const { identity } = await addTenantToDatabase(admin, admission)
  const support = { role: `${name}_support`, password: randomBytes(12).toString('base64url') }
  await addSupportLogin(admin, { tenantIdInDataSource, support })
  const startup = { 'tenantry.tenant_id': tenantIdInDataSource }
  const pooled = { ...admin, user: app.role, password: () => app.password }
  return {
    tenantIdInDataSource,
    identity,
    app: { ...pooled, startup },
    pooled,
    service: { ...admin, user: service.role, password: () => service.password, startup: { role: ownerRole } },
    support: { ...admin, user: support.role, password: () => support.password, startup },
  }
}
