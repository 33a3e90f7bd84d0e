import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { buildShadow, type Expectation } from '@tenantry/fleet/shadow'
import { readMigrations } from '@tenantry/migrations/folder'
import { addTenantToDatabase, migrateTenantDb, prepareTenantDatabase } from '@tenantry/tenant-db/provision'
import { loginsOf, setServing } from '@tenantry/tenant-db/serving'
import { adminOf, createDatabase } from '@tenantry/testing/databases'
import { nextMigrations } from '@tenantry/testing/next-migrations'
import { createTenantDatabase, type TenantDatabase } from '@tenantry/testing/tenant-database'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { randomBytes, randomUUID } from 'node:crypto'
import { everyKind } from './every-kind.ts'

/** The project's migrations with one that has every kind of object, and what a database should be that has them. */
export interface Stage extends AsyncDisposable {
  server: ServerAddress
  folder: string
  newest: string
  expected: Expectation
}

export async function openStage(server: ServerAddress): Promise<Stage> {
  const next = await nextMigrations(everyKind)
  const newest = (await readMigrations(next.path)).at(-1)?.tag ?? ''
  const shadow = await buildShadow(new Set([newest]), { server: adminOf(server, 'postgres'), folder: next.path })
  const expected = shadow.get(newest)
  if (!expected) throw new Error('the shadow has been at the newest migration')
  return { server, folder: next.path, newest, expected, [Symbol.asyncDispose]: () => next[Symbol.asyncDispose]() }
}

export interface Healthy extends AsyncDisposable {
  name: string
  admin: Target
}

/** A copy of a template for one tenant, migrated further over the tenant's service login. */
export async function openDedicated(stage: Stage, tenants = 1): Promise<TenantDatabase> {
  const database = await createTenantDatabase(stage.server, tenants)
  const [tenant] = database.tenants
  if (!tenant) throw new Error('a tenant was asked for')
  await migrateTenantDb(tenant.service, { ownerRole: database.ownerRole, folder: stage.folder })
  return database
}

/** Databases that have nothing wrong with them, each made in another way. */
export const healthyWays: { name: string; open: (stage: Stage) => Promise<Healthy> }[] = [
  { name: 'a dedicated database', open: (stage) => named('a dedicated database', openDedicated(stage)) },
  {
    name: 'a shared database with three tenants',
    open: (stage) => named('a shared database', openDedicated(stage, 3)),
  },
  { name: 'a database migrated step by step, with a tenant since its third step', open: openStepByStep },
  { name: 'a database whose tenant is suspended and may only read', open: (stage) => openReading(stage, 1) },
  { name: 'a shared database with a suspended tenant that may only read', open: (stage) => openReading(stage, 2) },
]

async function named(name: string, opened: Promise<TenantDatabase>): Promise<Healthy> {
  const { admin, drop } = await opened
  return { name, admin, [Symbol.asyncDispose]: drop }
}

async function openStepByStep(stage: Stage): Promise<Healthy> {
  const { admin, drop } = await createDatabase(stage.server)
  const ownerRole = `${admin.database}_owner`
  for (const [index, { tag }] of (await readMigrations(stage.folder)).entries()) {
    await prepareTenantDatabase(admin, { ownerRole, folder: stage.folder, upTo: tag })
    if (index === 2) await addTenant(admin, ownerRole)
  }
  return { name: 'step by step', admin, [Symbol.asyncDispose]: drop }
}

async function addTenant(admin: Target, ownerRole: string): Promise<void> {
  const login = (kind: string) => ({ role: `${admin.database}_${kind}`, password: randomBytes(12).toString('hex') })
  const tenantIdInDataSource = randomUUID()
  await addTenantToDatabase(admin, { ownerRole, tenantIdInDataSource, app: login('app'), service: login('service') })
}

async function openReading(stage: Stage, count: number): Promise<Healthy> {
  const database = await openDedicated(stage, count)
  const [tenant] = database.tenants
  if (!tenant) throw new Error('tenants were asked for')
  await withAdminConnection(database.admin, async (run) => {
    const logins = await loginsOf(run, tenant.tenantIdInDataSource)
    await setServing(run, { ...logins, current: tenant.app.user }, 'reading')
  })
  return { name: 'reading', admin: database.admin, [Symbol.asyncDispose]: database.drop }
}
