import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { readMigrations } from '@tenantry/migrations/folder'
import {
  addTenantToDatabase,
  migrationsFolder,
  prepareTenantDatabase,
  type TenantLogin,
} from '@tenantry/tenant-db/provision'
import { groupsScript } from '@tenantry/tenant-db/provision-groups'
import { addSupportLogin } from '@tenantry/tenant-db/provision-support'
import { randomBytes, randomUUID } from 'node:crypto'
import { readCatalogue, readFingerprint, type Catalogue, type Fingerprint } from './fingerprint.ts'

/** How a database of one version should be. */
export interface Expectation {
  fingerprint: Fingerprint
  catalogue: Catalogue
}

export interface ShadowOptions {
  /** May make databases and roles; its PostgreSQL should be of the same major version as the tenants'. */
  server: Target
  folder?: string | undefined
}

/**
 * Builds a scratch database from the migrations, with a tenant of each kind in it, looks at it at each of these versions on
 * the way, and removes it. The expectations are by version; a version that the folder does not have gets none.
 */
export async function buildShadow(
  versions: ReadonlySet<string>,
  { server, folder = migrationsFolder }: ShadowOptions,
): Promise<ReadonlyMap<string, Expectation>> {
  const tags = (await readMigrations(folder)).map(({ tag }) => tag)
  const wanted = tags.filter((tag) => versions.has(tag))
  const found = new Map<string, Expectation>()
  if (wanted.length === 0) return found
  const name = `${prefix}${randomBytes(8).toString('hex')}`
  await withAdminConnection(server, async (run) => {
    await sweep(run)
    // Whoever sweeps leaves a shadow alone whose builder lives: the lock ends with the connection.
    await run('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    try {
      await run(`create database "${name}" template template0`)
      const admin = { ...server, database: name }
      for (const tag of wanted) {
        await prepareTenantDatabase(admin, { ownerRole: `${name}_owner`, folder, upTo: tag })
        found.set(tag, await lookAt(admin, name))
      }
    } finally {
      await remove(run, name)
    }
  })
  return found
}

const prefix = 'tenantry_shadow_'

/**
 * The kinds of roles there are: one that serves requests, one that may only read since its tenant is suspended, the owner's
 * side, support; and those of a shared database, whose rights are those of its groups. Let in again at each version, so that a later version's rights are there as well.
 */
async function lookAt(admin: Target, name: string): Promise<Expectation> {
  const login = (kind: string): TenantLogin => ({
    role: `${name}_${kind}`,
    password: randomBytes(24).toString('base64url'),
  })
  const tenant = { ownerRole: `${name}_owner`, tenantIdInDataSource: shadowTenant, service: login('service') }
  if (await hasProcedure(admin, 'crm.grant_serving_rights(name)')) {
    for (const kind of ['app', 'reading']) await addTenantToDatabase(admin, { ...tenant, app: login(kind) })
    // As a suspension does it, whose login keeps what it may besides reading and writing.
    const knowsReaders = await hasProcedure(admin, 'crm.grant_reading_rights(name)')
    await withAdminConnection(admin, (run) =>
      knowsReaders
        ? run('call crm.grant_reading_rights($1::name)', [`${name}_reading`])
        : run(`revoke insert, update, delete on all tables in schema crm from "${name}_reading"`),
    )
  }
  if (await hasProcedure(admin, 'crm.grant_reading_rights(name)')) {
    await addSupportLogin(admin, { tenantIdInDataSource: shadowTenant, support: login('support') })
  }
  if (await hasProcedure(admin, 'crm.group_of(text)')) {
    // From here on: whoever is let in is a member.
    await withAdminConnection(admin, (run) => run(groupsScript(tenant.ownerRole)))
    await addTenantToDatabase(admin, { ...tenant, app: login('member'), support: login('member_support') })
  }
  return await withAdminConnection(admin, async (run) => ({
    fingerprint: await readFingerprint(run),
    catalogue: await readCatalogue(run),
  }))
}

const shadowTenant = randomUUID()

async function hasProcedure(admin: Target, name: string): Promise<boolean> {
  const [found] = await withAdminConnection(admin, (run) =>
    run<{ exists: boolean }>('select to_regprocedure($1) is not null as exists', [name]),
  )
  return found?.exists === true
}

/** What a builder left behind that was killed. */
async function sweep(run: AdminRun): Promise<void> {
  const left = await run<{ name: string }>(
    `select datname::text as name from pg_database where datname ~ $1
      union select substring(rolname from $2) from pg_roles where rolname ~ $1`,
    [`^${prefix}[0-9a-f]{16}`, `^${prefix}[0-9a-f]{16}`],
  )
  for (const { name } of left) {
    const [lock] = await run<{ free: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as free', [name])
    if (lock?.free === true) await remove(run, name)
  }
}

async function remove(run: AdminRun, name: string): Promise<void> {
  await run(`drop database if exists "${name}" with (force)`)
  for (const role of kinds) await run(`drop role if exists "${name}_${role}"`)
  await run('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
}

/** The owner last, who has let the members in. */
const kinds = [
  'app',
  'reading',
  'support',
  'service',
  'member',
  'member_support',
  'owner_serving',
  'owner_reading',
  'owner',
]

/** The expectation of one version. Throws MIGRATION_OUT_OF_ORDER for a version the folder does not have. */
export function expectationOf(shadow: ReadonlyMap<string, Expectation>, version: string): Expectation {
  const found = shadow.get(version)
  if (found !== undefined) return found
  throw new TenantryError('MIGRATION_OUT_OF_ORDER', {
    message: `The database has the migration ${version}, which this release does not know. Run a release that does.`,
  })
}

/** Everything is as it should be, and every role is of a kind there should be. */
export function meets({ catalogue, roles }: Fingerprint, expected: Fingerprint): boolean {
  return catalogue === expected.catalogue && roles.every((role) => expected.roles.includes(role))
}
