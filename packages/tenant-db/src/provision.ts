import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { migrate, type MigrateResult } from '@tenantry/migrations'
import { fileURLToPath } from 'node:url'
import { identityQuestion, type DatabaseIdentity } from './proof.ts'
import { identifier, loginScript, ownerScript } from './provision-roles.ts'
import { scramVerifierAhead } from './scram-verifier.ts'

export interface TenantLogin {
  role: string
  /** Printable ASCII; only a verifier of it is sent. */
  password: string
  /** Of the password, where `withVerifier` has made it before. */
  verifier?: string
}

/** Does the work of the verifier ahead, and not on this thread. */
export async function withVerifier(login: TenantLogin): Promise<TenantLogin> {
  return { ...login, verifier: await scramVerifierAhead(login.password) }
}

export interface TenantAdmission {
  ownerRole: string
  /** The tenant's id in this database, not the application's. */
  tenantIdInDataSource: string
  /** Serves requests: rows of its own tenant, nothing else. */
  app: TenantLogin
  /** Used by fleet and transfer: may become the owner, and sees its own tenant's rows when it has. */
  service: TenantLogin
  /** Of support access: reads rows of its own tenant, and may do nothing else. */
  support?: TenantLogin
}

export interface PrepareOptions {
  ownerRole: string
  onProgress?: ((step: string) => void) | undefined
  /** Others than the project's own, and the last one to apply: for databases that are made to be compared with. */
  folder?: string | undefined
  upTo?: string | undefined
}

/**
 * Makes an empty database ready for tenants: owner role (without login), nothing for PUBLIC, schema `crm` migrated. For
 * a dedicated database one `addTenantToDatabase` follows, for a shared one several. Does nothing to a database that is ready.
 * `admin` is a superuser, or may create roles and grant on this database.
 */
export async function prepareTenantDatabase(admin: Target, options: PrepareOptions): Promise<MigrateResult> {
  await withAdminConnection(admin, (run) => makeOwner(run, admin.database, options.ownerRole))
  return migrateTenantDb(admin, options)
}

/** The owner role of a database, and nothing for PUBLIC. Runs twice without harm. */
export async function makeOwner(run: AdminRun, name: string, ownerRole: string): Promise<void> {
  await run(ownershipScript(name, ownerRole))
}

/** The statements of `makeOwner`, for a script that does more in one round trip. */
export function ownershipScript(name: string, ownerRole: string): string {
  const database = identifier(name)
  // Temporary tables are what a transfer copies rows into before they are put into their own tables.
  return `${ownerScript(ownerRole)};
    revoke all on database ${database} from public;
    grant connect, create, temporary on database ${database} to ${identifier(ownerRole)}`
}

/**
 * Lets one tenant into a prepared database: its two logins, their rights, their identity. Runs twice without harm. Gives
 * back what the database says about itself to the role that serves requests; the data source keeps it.
 */
export async function addTenantToDatabase(admin: Target, tenant: TenantAdmission): Promise<DatabaseIdentity> {
  await withAdminConnection(admin, (run) => admitTenant(run, admin.database, tenant))
  const startup = { 'tenantry.tenant_id': tenant.tenantIdInDataSource }
  return await readIdentity({ ...admin, user: tenant.app.role, password: () => tenant.app.password, startup })
}

/**
 * The part of `addTenantToDatabase` that is done as administrator, over a connection to that database, in one round trip.
 * Gives what the database will say of itself to the login that serves requests. Throws TENANT_DATABASE_MISMATCH.
 */
export async function admitTenant(run: AdminRun, database: string, tenant: TenantAdmission): Promise<string> {
  const [found] = await run<{ identity: string }>(admissionScript(database, tenant))
  if (found === undefined) throw new TenantryError('TENANT_DATABASE_MISMATCH')
  return found.identity
}

/** The statements of `admitTenant`; the last one asks for the identity. */
export function admissionScript(database: string, tenant: TenantAdmission): string {
  const { app, service, support, ownerRole, tenantIdInDataSource } = tenant
  const statements = [
    loginScript(app),
    loginScript(service),
    `grant ${identifier(ownerRole)} to ${identifier(service.role)}`,
    ...[app, service].flatMap(({ role }) => lettingIn(database, role, tenantIdInDataSource)),
    `call crm.grant_serving_rights('${app.role}'::name)`,
    ...(support === undefined ? [] : [supportScript(database, { tenantIdInDataSource, support })]),
    `select concat_ws('/', (select system_identifier from pg_control_system()),
      (select oid from pg_database where datname = current_database()), epoch) as identity
     from crm.identity where role = '${app.role}'`,
  ]
  return statements.join('; ')
}

/** One more login of a tenant that is let in, with SELECT and no other right. */
export function supportScript(
  database: string,
  { tenantIdInDataSource, support }: Pick<TenantAdmission, 'tenantIdInDataSource'> & { support: TenantLogin },
): string {
  return [
    loginScript(support),
    ...lettingIn(database, support.role, tenantIdInDataSource),
    `call crm.grant_reading_rights('${support.role}'::name)`,
  ].join('; ')
}

function lettingIn(database: string, role: string, tenantIdInDataSource: string): string[] {
  if (!isUuid.test(tenantIdInDataSource)) throw new TypeError('not the id of a tenant')
  // A name that `identifier` takes, as settling does, needs no escaping.
  return [...settling(database, role), `call crm.admit('${role}'::name, '${tenantIdInDataSource}'::uuid)`]
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** As the role that serves requests, so that its login is tried as well. Throws TENANT_DATABASE_MISMATCH. */
export async function readIdentity(app: Target): Promise<DatabaseIdentity> {
  const [identity] = await withAdminConnection(app, (run) => run<DatabaseIdentity>(identityQuestion))
  if (identity === undefined) throw new TenantryError('TENANT_DATABASE_MISMATCH')
  return identity
}

/** Brings schema `crm` to the newest migration, as the owner; each brings the rights of the roles that serve requests along. */
export async function migrateTenantDb(
  target: Target,
  { ownerRole, folder = migrationsFolder, ...options }: PrepareOptions,
): Promise<MigrateResult> {
  return migrate(asOwner(target, ownerRole), { ...options, folder, schema: 'crm', afterEach: renewRights })
}

/**
 * In the transaction of each migration: a run that is killed leaves no table that nobody may read. The first ones have no
 * rights yet. Whoever could only read before, a suspended tenant, can only read after it.
 */
export const renewRights = `
  do $$ declare
    reader name;
    readers name[];
  begin
    if to_regprocedure('crm.renew_serving_rights()') is null then return; end if;
    select array_agg(r.rolname) into readers
      from pg_namespace n, aclexplode(n.nspacl) a join pg_roles r on r.oid = a.grantee
      where n.nspname = 'crm' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner and not exists (
        select from pg_class c, aclexplode(c.relacl) w
        where c.relnamespace = n.oid and w.grantee = a.grantee and w.privilege_type = 'INSERT');
    call crm.renew_serving_rights();
    foreach reader in array coalesce(readers, '{}') loop
      execute format('revoke insert, update, delete on all tables in schema crm from %I', reader);
    end loop;
  end $$`

/** Where drizzle-kit writes the migrations of schema `crm`. */
export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** The same login, acting as the owner from its first statement; `session_user` stays the login, and so does its tenant. */
export function asOwner(target: Target, ownerRole: string): Target {
  return { ...target, startup: { ...target.startup, role: ownerRole } }
}

/** What a session starts with, also behind a pooler that drops startup parameters. */
export async function settle(run: AdminRun, database: string, role: string): Promise<void> {
  await run(settling(database, role).join('; '))
}

function settling(database: string, role: string): string[] {
  const where = `alter role ${identifier(role)} in database ${identifier(database)}`
  return [
    `grant connect on database ${identifier(database)} to ${identifier(role)}`,
    // The types and operators of the extensions live in public, where only the owner of the server can create.
    `${where} set search_path = pg_catalog, public`,
    `${where} set timezone = 'UTC'`,
    `${where} set datestyle = 'ISO, YMD'`,
  ]
}
