import type { AppDbConnection } from '@tenantry/app-db/open'
import { grantTtlMs } from '@tenantry/app-db/grants'
import type { Run } from '@tenantry/app-db/runs'
import type { DataSourceLogins, LoginKind } from '@tenantry/app-db/types'
import { openAdminLink, type AdminRun } from '@tenantry/connections/admin'
import { parseTarget, type Target } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import { admitLogin, closeLogin, countSessions, removeLogin, type LoginRights } from '@tenantry/tenant-db/logins'
import { readIdentity } from '@tenantry/tenant-db/provision'
import { setServing } from '@tenantry/tenant-db/serving'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { dataSourceUrl, ownerRoleOf } from '../provision-tenant.ts'
import { servingOf } from '../set-tenant-state.ts'
import { otherNameOf } from '../tenant-roles.ts'

export interface RotatePasswordOptions {
  app: Pick<AppDbConnection, 'dataSourceLogins'>
  /** An administrator of the tenant's server: may create roles and passes row security by. */
  server: Target
  keyring: Keyring
  operatorName: string
  slug: string
  /** Default: the one that serves requests. */
  login?: LoginKind
  /** From `claimRotation`. */
  run: Run
  /** Longest time a request may have gone on with what it knew before. Default: as long as a grant lives. */
  graceMs?: number
  /** Longest wait for the old login's sessions to end, after that time. Default 120,000. */
  drainMs?: number
  onProgress?: (step: string) => void
}

type Turn = {
  oldRole: string
  newRole: string
}

export interface RotatedPassword extends Turn {
  /** When the other password came into use. */
  changedAt: string
  /** False when an earlier attempt of the run had changed it, and this one only removed the old login. */
  isNew: boolean
}

export const rotatePasswordKind = 'credentials.rotate-password'

/**
 * Gives a tenant's database another password without a request noticing: a second login with a password of its own is let
 * in beside the first, the data source changes over, and the first login goes when nobody uses it any more. No password is
 * kept on the way: a run that was killed before the change-over gives the second login another one.
 *
 * Units: plan → login (in, tried out, changed over) → drain → removal. Throws CREDENTIAL_IN_USE when the old login is still
 * in use after the wait; the same command goes on waiting.
 */
export async function rotatePassword(options: RotatePasswordOptions): Promise<RotatedPassword> {
  const { app, slug, run, login = 'serving', onProgress } = options
  const logins = await app.dataSourceLogins.bySlug(slug)
  await run.concerns(logins.tenantId)
  const plan = await run.unit('plan', async () => planLogins(logins, login))
  const { database } = parseTarget(logins.url)
  await using link = await openAdminLink({ ...options.server, database })
  await holdAlone(link.run, plan)
  onProgress?.('second login')
  let isNew = false
  const { changedAt } = await run.unit('login', async () => {
    const changed = await changeOver(options, link.run, plan)
    isNew = changed.isNew
    return { changedAt: changed.changedAt }
  })
  onProgress?.('waiting until nobody uses the first one')
  await run.unit('drain', () => drain(options, link.run, { ...plan, changedAt }))
  onProgress?.('removing the first one')
  await run.unit('removal', async () => {
    await assertNotCurrent(options, plan.oldRole)
    await removeLogin(link.run, plan.oldRole)
    return {}
  })
  return { ...plan, changedAt: new Date(changedAt).toISOString(), isNew }
}

function planLogins(logins: DataSourceLogins, login: LoginKind): Turn {
  const oldRole = roleOf(logins, login)
  return { oldRole, newRole: otherNameOf(oldRole) }
}

function roleOf({ url, serviceRole, supportRole }: DataSourceLogins, login: LoginKind): string {
  const role = { serving: parseTarget(url).user, service: serviceRole, support: supportRole }[login]
  if (role == null) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED', { detail: { login } })
  return role
}

/**
 * Ends with the connection. A process that was taken for dead and was not loses either this or the connection through
 * which it would give the login, in use by then, another password.
 */
async function holdAlone(run: AdminRun, { oldRole }: Turn): Promise<void> {
  const [answer] = await run<{ locked: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('tenantry login ' || $1, 0)) as locked`,
    [oldRole],
  )
  if (answer?.locked === true) return
  throw new TenantryError('RUN_IN_PROGRESS', {
    message: 'Another process is changing this password at the moment.',
    retryAfterSeconds: 15,
  })
}

async function changeOver(options: RotatePasswordOptions, run: AdminRun, { newRole }: Turn) {
  const { app, keyring, operatorName, slug, server, login = 'serving' } = options
  const logins = await app.dataSourceLogins.bySlug(slug)
  // It happened, and the process ended before it could note it down; the wait begins anew.
  if (roleOf(logins, login) === newRole) return { changedAt: Date.now(), isNew: false }
  const { tenantId, tenantIdInDataSource } = logins
  const { host, port, database, tls } = parseTarget(logins.url)
  const password = randomBytes(24).toString('base64url')
  await admitLogin(run, database, { role: newRole, password, tenantIdInDataSource, rights: rightsOf(login, database) })
  const startup = { 'tenantry.tenant_id': tenantIdInDataSource }
  const target = { ...server, host, port, database, user: newRole, password: () => password, startup }
  if (login !== 'service') await assertSameDatabase(target, logins.identity)
  await keepState(options, run, newRole)
  const sealed = seal(keyring, password, { tenantId, column: columnOf[login] })
  await app.dataSourceLogins.replace(
    operatorName,
    logins,
    login === 'serving'
      ? { kind: login, url: dataSourceUrl({ ...target, tls }, newRole), sealed }
      : { kind: login, role: newRole, sealed },
  )
  return { changedAt: Date.now(), isNew: true }
}

/**
 * A tenant that is suspended or archived stays so. Asked when the login is in: whoever changes the state after that finds it
 * there and sees to it themselves.
 */
async function keepState({ app, slug, login = 'serving' }: RotatePasswordOptions, run: AdminRun, role: string) {
  const { status } = await app.dataSourceLogins.bySlug(slug)
  if (status === 'active') return
  const logins = login === 'service' ? { serving: [], service: [role] } : { serving: [role], service: [] }
  await setServing(run, { ...logins, current: role }, servingOf[status])
}

const columnOf = {
  serving: 'data_source_anon_key',
  service: 'data_source_service_key',
  support: 'data_source_support_key',
} as const

function rightsOf(login: LoginKind, database: string): LoginRights {
  switch (login) {
    case 'serving':
      return 'serving'
    case 'support':
      return 'reading'
    case 'service':
      return { ownerRole: ownerRoleOf(database) }
  }
}

/** Tries the login out before anybody depends on it. */
async function assertSameDatabase(target: Target, expected: string): Promise<void> {
  const { identity } = await readIdentity(target)
  if (identity !== expected) throw new TenantryError('TENANT_DATABASE_MISMATCH', { detail: { reason: 'second login' } })
}

async function drain(
  { graceMs = grantTtlMs, drainMs = 120_000 }: RotatePasswordOptions,
  run: AdminRun,
  { oldRole, changedAt }: Pick<Turn, 'oldRole'> & { changedAt: number },
) {
  // A request that began before the change-over may open one more connection with the old login.
  await sleep(Math.max(0, changedAt + graceMs - Date.now()))
  const until = Date.now() + drainMs
  for (;;) {
    const sessions = await countSessions(run, oldRole)
    if (sessions === 0) break
    if (Date.now() > until) throw new TenantryError('CREDENTIAL_IN_USE', { detail: { sessions } })
    await sleep(100)
  }
  await closeLogin(run, oldRole)
  return {}
}

async function assertNotCurrent({ app, slug, login = 'serving' }: RotatePasswordOptions, role: string): Promise<void> {
  const logins = await app.dataSourceLogins.bySlug(slug)
  if (roleOf(logins, login) !== role) return
  throw new TenantryError('CONFLICT', { message: 'The data source names the old login again. Nothing was removed.' })
}
