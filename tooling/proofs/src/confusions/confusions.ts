import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { ErrorCode } from '@tenantry/errors/codes'
import { addTenantToDatabase } from '@tenantry/tenant-db/provision'
import { createPreparedDatabase } from '@tenantry/testing/tenant-database'
import type { Slug, Stage } from './stage.ts'

export interface Confusion {
  name: string
  /** Whose requests go astray. */
  companies: Slug[]
  expected: ErrorCode
  /** Makes the mistake. What it changes in the data sources is taken back by the caller; anything else by the result. */
  arrange(stage: Stage): Promise<void | (() => Promise<unknown>)>
}

export const confusions: Confusion[] = [
  {
    name: 'logins of two companies swapped, in one database',
    companies: ['bloom', 'cedar'],
    expected: 'TENANT_DATABASE_MISMATCH',
    arrange: (stage) => swapLogins(stage, 'bloom', 'cedar'),
  },
  {
    name: 'logins of two companies swapped, on two servers',
    companies: ['bloom', 'acme'],
    expected: 'TENANT_DATABASE_REFUSED',
    arrange: (stage) => swapLogins(stage, 'bloom', 'acme'),
  },
  {
    name: 'passwords of two companies swapped',
    companies: ['bloom', 'cedar'],
    expected: 'TENANT_DATABASE_REFUSED',
    async arrange(stage) {
      const [bloom, cedar] = [await stage.login('bloom'), await stage.login('cedar')]
      await stage.set('bloom', { data_source_anon_key: stage.sealFor('bloom', cedar.password()) })
      await stage.set('cedar', { data_source_anon_key: stage.sealFor('cedar', bloom.password()) })
    },
  },
  {
    name: 'data sources of two companies swapped whole, in one database',
    companies: ['bloom', 'cedar'],
    expected: 'TENANT_DATABASE_MISMATCH',
    async arrange(stage) {
      const pair = [
        ['bloom', await stage.login('cedar')],
        ['cedar', await stage.login('bloom')],
      ] as const
      for (const [slug, login] of pair) await pointAt(stage, slug, login)
    },
  },
  {
    name: 'URLs of two companies swapped',
    companies: ['bloom', 'acme'],
    expected: 'TENANT_DATABASE_REFUSED',
    async arrange(stage) {
      const [bloom, acme] = [await stage.columns('bloom'), await stage.columns('acme')]
      await stage.set('bloom', { data_source_url: acme.data_source_url })
      await stage.set('acme', { data_source_url: bloom.data_source_url })
    },
  },
  {
    name: 'the database of another company, which lets nobody else connect',
    companies: ['bloom'],
    expected: 'TENANT_DATABASE_REFUSED',
    arrange: (stage) => moveTo(stage, 'bloom', stage.world.tenants.dahlia.admin.database),
  },
  {
    name: 'the database of another company, which lets everybody connect',
    companies: ['bloom'],
    expected: 'TENANT_DATABASE_MISMATCH',
    async arrange(stage) {
      const { admin } = stage.world.tenants.dahlia
      await asAdmin(admin, `grant connect on database "${admin.database}" to public`)
      await moveTo(stage, 'bloom', admin.database)
      return () => asAdmin(admin, `revoke connect on database "${admin.database}" from public`)
    },
  },
  {
    name: 'an empty database',
    companies: ['bloom'],
    expected: 'TENANT_DATABASE_MISMATCH',
    async arrange(stage) {
      await asAdmin(stage.world.appAdmin, 'create database empty')
      await moveTo(stage, 'bloom', 'empty')
    },
  },
  {
    name: 'a clone beside the original',
    companies: ['bloom', 'cedar'],
    expected: 'TENANT_DATABASE_MISMATCH',
    async arrange(stage) {
      const original = stage.world.tenants.bloom.admin.database
      // Postgres clones only what nobody is connected to.
      await asAdmin(
        stage.world.appAdmin,
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${original}'`,
      )
      await asAdmin(stage.world.appAdmin, `create database clone template "${original}"`)
      for (const slug of ['bloom', 'cedar'] as const) await moveTo(stage, slug, 'clone')
    },
  },
  {
    name: 'a dump restored on another server',
    companies: ['bloom'],
    expected: 'TENANT_DATABASE_MISMATCH',
    arrange: restoreElsewhere,
  },
  {
    name: 'a backup from before the last move, restored in place',
    companies: ['bloom'],
    expected: 'TENANT_DATABASE_MISMATCH',
    async arrange(stage) {
      // The move had raised the epoch here and in the data source; the backup knows nothing of it.
      const { data_source_identity: identity } = await stage.columns('bloom')
      const [server, database, epoch] = identity.split('/')
      await stage.set('bloom', { data_source_identity: `${server}/${database}/${Number(epoch) + 1}` })
    },
  },
  {
    name: 'the application database',
    companies: ['bloom'],
    expected: 'TENANT_DATABASE_REFUSED',
    arrange: (stage) => moveTo(stage, 'bloom', stage.world.appAdmin.database),
  },
  {
    name: "the application database, with the application's login",
    companies: ['bloom', 'acme'],
    expected: 'TENANT_DATABASE_MISMATCH',
    async arrange(stage) {
      for (const slug of ['bloom', 'acme'] as const) await pointAt(stage, slug, stage.world.appTarget)
    },
  },
  {
    name: "a company's sealed value copied to another company",
    companies: ['bloom', 'acme'],
    expected: 'CREDENTIAL_WRONG_TENANT',
    async arrange(stage) {
      const { data_source_anon_key } = await stage.columns('cedar')
      for (const slug of ['bloom', 'acme'] as const) await stage.set(slug, { data_source_anon_key })
    },
  },
  {
    name: "the owner's sealed value copied to the serving role's column",
    companies: ['bloom'],
    expected: 'CREDENTIAL_WRONG_COLUMN',
    async arrange(stage) {
      const { data_source_service_key } = await stage.columns('bloom')
      await stage.set('bloom', { data_source_anon_key: data_source_service_key })
    },
  },
]

/** Each company gets the other's login, properly sealed, and keeps its own address. */
async function swapLogins(stage: Stage, one: Slug, other: Slug): Promise<void> {
  const [first, second] = [await stage.login(one), await stage.login(other)]
  await pointAt(stage, one, { ...first, user: second.user, password: second.password })
  await pointAt(stage, other, { ...second, user: first.user, password: first.password })
}

async function pointAt(stage: Stage, slug: Slug, target: Target): Promise<void> {
  const data_source_anon_key = stage.sealFor(slug, target.password())
  await stage.set(slug, { data_source_url: stage.urlOf(target), data_source_anon_key })
}

/** Same server, same login, another database. */
async function moveTo(stage: Stage, slug: Slug, database: string): Promise<void> {
  await pointAt(stage, slug, { ...(await stage.login(slug)), database })
}

/** A database elsewhere that knows the same login, password and tenant, as after restoring a dump with its roles. */
async function restoreElsewhere(stage: Stage): Promise<void> {
  const login = await stage.login('bloom')
  const { tenantIdInDataSource, id: tenantId } = stage.world.tenants.bloom
  const { host, port, user, password } = stage.world.tenants.acme.admin
  const { admin, ownerRole } = await createPreparedDatabase({ host, port, user, password: password() })
  const app = { role: login.user, password: login.password() }
  const service = { role: `${login.user}_service`, password: tenantId }
  await addTenantToDatabase(admin, { ownerRole, tenantIdInDataSource, app, service })
  await pointAt(stage, 'bloom', { ...admin, user: login.user, password: login.password })
}

function asAdmin(admin: Target, text: string): Promise<unknown> {
  return withAdminConnection(admin, (run) => run(text))
}
