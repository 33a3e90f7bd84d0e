import type { LoginKind } from '@tenantry/app-db/types'
import { openAdminLink } from '@tenantry/connections/admin'
import { parseTarget, type Target } from '@tenantry/connections/target'
import type { SessionId, TenantId } from '@tenantry/contracts/ids'
import type { TenantStatus } from '@tenantry/contracts/session'
import { open } from '@tenantry/credentials/seal'
import { isTenantryError } from '@tenantry/errors'
import { lookInto } from '@tenantry/testing/look-into'
import { createWorld, type World } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimRotation } from '../claim-run.ts'
import { ensureSupportLogin } from '../ensure-support-login.ts'
import { byAdministrator } from '../serving-power.ts'
import { setTenantState } from '../set-tenant-state.ts'
import { rotatePassword, rotatePasswordKind, type RotatePasswordOptions } from './rotate-password.ts'
import { under200RequestsASecond } from './steady-load.fixture.ts'

type Slug = 'alder' | 'birch' | 'cypress'
let world: World<Slug>
let sessions: Record<Slug, SessionId>
beforeAll(async () => {
  world = await createWorld(mainServer(), {
    alder: { server: mainServer() },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: mainServer(), database: 'grove' },
  })
  const start = (slug: Slug) => world.startSession(world.tenants[slug].people.owner)
  sessions = { alder: await start('alder'), birch: await start('birch'), cypress: await start('cypress') }
})
afterAll(() => world.close())

async function rotate(slug: Slug, options: Partial<RotatePasswordOptions> = {}) {
  const { login = 'serving' } = options
  await using run = await claimRotation(world.app, { slug, login, startedBy: 'Olga' })
  // Without a request the pool of the old login would rest for half a minute before it ends.
  const traffic = setInterval(() => void ask(slug).catch(() => undefined), 50)
  try {
    const rotated = await rotatePassword({
      app: world.app,
      server: world.tenants[slug].admin,
      keyring: world.keyring,
      operatorName: 'Olga',
      slug,
      run,
      graceMs: 200,
      drainMs: 20_000,
      ...options,
    })
    await run.finish('done')
    return rotated
  } finally {
    clearInterval(traffic)
  }
}

const ask = async (slug: Slug) => {
  const grant = await world.grantOf(sessions[slug])
  return await world.dataSources.withTenant(grant, (db) => db.identity.read())
}

/** Login roles of a tenant that its server knows, the one that serves requests first. */
async function rolesOf(slug: Slug): Promise<string[]> {
  const { admin, tenantIdInDataSource } = world.tenants[slug]
  const prefix = `tenant_${tenantIdInDataSource.replaceAll('-', '').slice(0, 16)}`
  const rows = await lookInto<{ rolname: string }>(
    admin,
    `select rolname from pg_roles where starts_with(rolname, $1) and rolname !~ 'support' order by rolname`,
    [prefix],
  )
  return rows.map(({ rolname }) => rolname)
}

/** As somebody logs in who has read the data source and holds the keyring. */
async function loginOf(slug: Slug, login: LoginKind = 'serving'): Promise<Target> {
  const { admin, id: tenantId } = world.tenants[slug]
  const { url, serviceRole, supportRole } = await world.app.dataSourceLogins.bySlug(slug)
  const columns = {
    serving: 'data_source_anon_key',
    service: 'data_source_service_key',
    support: 'data_source_support_key',
  } as const
  const column = columns[login]
  const [row] = await lookInto(world.appAdmin, `select ${column} as sealed from app.tenants where id = $1`, [tenantId])
  const secret = open(world.keyring, String(row?.['sealed']), { tenantId, column })
  const user = { serving: parseTarget(url).user, service: serviceRole, support: supportRole }[login] ?? ''
  return { ...admin, user, password: () => secret.reveal() }
}

test('while passwords are changed, every one of 200 requests a second is answered, alone and in a shared database', async () => {
  const [before] = await Promise.all([loginOf('alder'), ask('alder'), ask('birch'), ask('cypress')])
  const slugs = ['alder', 'birch', 'cypress'] as const
  const request = (count: number) => ask(slugs[count % 3] ?? 'alder')
  const { failures } = await under200RequestsASecond({ request }, async () => {
    await Promise.all([rotate('alder'), rotate('birch')])
    await rotate('alder')
    await rotate('alder')
  })
  expect(failures).toEqual([])
  const after = await loginOf('alder')
  expect([after.user, after.password() === before.password()]).toEqual([`${before.user}_b`, false])
  expect(await rolesOf('alder')).toEqual([`${before.user}_b`, `${before.user}_service`])
  expect((await rolesOf('cypress')).map((role) => role.endsWith('_b'))).toEqual([false, false])
  expect((await ask('alder')).tenantIdInDataSource).toBe(world.tenants.alder.tenantIdInDataSource)
  await expect(openAdminLink(before)).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
})

test('the second login sees its own tenant and nobody else, as the first one did', async () => {
  await rotate('birch')
  const birch = await loginOf('birch')
  const rows = await lookInto(birch, 'select distinct tenant_id::text as id from crm.member_refs')
  expect(rows).toEqual([{ id: world.tenants.birch.tenantIdInDataSource }])
  await expect(lookInto(birch, 'select * from crm.identity')).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
})

test('the login of fleet and transfer is changed the same way, and may still become the owner', async () => {
  const before = await loginOf('cypress', 'service')
  await rotate('cypress', { login: 'service' })
  const after = await loginOf('cypress', 'service')
  expect(after.user).toBe(`${before.user}_b`)
  const owner = `${after.database}_owner`
  expect(await lookInto({ ...after, startup: { role: owner } }, 'select current_user::text as me')).toEqual([
    { me: owner },
  ])
  await expect(openAdminLink(before)).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
  await ask('cypress')
})

test('the login of support access is changed the same way, and still only reads, its own tenant alone', async () => {
  const { id, admin, tenantIdInDataSource } = world.tenants.birch
  const { app, keyring } = world
  const tenant = { id, slug: 'birch' }
  const needs = { appDb: app.db, keyring, operatorName: 'Olga', tenant, tenantIdInDataSource, admin }
  await ensureSupportLogin(needs)
  const before = await loginOf('birch', 'support')
  await rotate('birch', { login: 'support' })
  const after = await loginOf('birch', 'support')
  expect([after.user, after.password() === before.password()]).toEqual([`${before.user}_b`, false])
  const rows = await lookInto(after, 'select distinct tenant_id::text as id from crm.member_refs')
  expect(rows).toEqual([{ id: tenantIdInDataSource }])
  await expect(lookInto(after, 'delete from crm.member_refs')).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
  await expect(openAdminLink(before)).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
  // A new password by the other command keeps the name, and makes no second login.
  const current = after.user
  expect(await ensureSupportLogin({ ...needs, current })).toEqual({ role: current })
  const support = await lookInto(
    admin,
    `select rolname from pg_roles where rolname like '%support%' and rolname ~ $1`,
    [`^tenant_${tenantIdInDataSource.replaceAll('-', '').slice(0, 16)}_support`],
  )
  expect(support).toEqual([{ rolname: current }])
})

test.each(['second login', 'waiting until nobody uses the first one', 'removing the first one'])(
  'a change that ended at «%s» goes on where it was, and leaves one login',
  async (step) => {
    const { user } = await loginOf('alder')
    const dies = (name: string) => {
      if (name === step) throw new Error('killed')
    }
    await expect(rotate('alder', { onProgress: dies })).rejects.toThrow('killed')
    await ask('alder')
    const rotated = await rotate('alder')
    expect(rotated.oldRole).toBe(user)
    const serving = (await rolesOf('alder')).filter((role) => !role.includes('service'))
    expect(serving).toEqual([rotated.newRole])
    await ask('alder')
  },
)

test('a change that was killed between letting the second login in and changing over gives it another password', async () => {
  const { oldRole, newRole } = await rotate('alder')
  // As if the process had ended before it wrote the data source: the role is there, and nobody knows its password.
  await lookInto(world.tenants.alder.admin, `create role "${oldRole}" login`)
  expect(await rotate('alder')).toMatchObject({ oldRole: newRole, newRole: oldRole, isNew: true })
  await ask('alder')
})

test('a login that somebody still uses is not removed, and the same command removes it once it is free', async () => {
  const before = await loginOf('alder')
  const link = await openAdminLink(before)
  const refused: unknown = await rotate('alder', { drainMs: 300 }).catch((error: unknown) => error)
  expect(isTenantryError(refused, 'CREDENTIAL_IN_USE')).toBe(true)
  expect(await rolesOf('alder')).toHaveLength(3)
  await ask('alder')
  await link.close()
  // It says that this made no other password.
  const changed = await loginOf('alder')
  expect(await rotate('alder')).toMatchObject({ oldRole: before.user, isNew: false })
  expect((await loginOf('alder')).password()).toBe(changed.password())
  expect(await rolesOf('alder')).toHaveLength(2)
})

test('a change of a company that had the slug before is not gone on with', async () => {
  const { user } = await loginOf('cypress')
  const tenantId = randomUUID() as TenantId
  const old = { kind: rotatePasswordKind, subject: 'cypress', tenantId, input: {}, startedBy: 'Olga' }
  const run = await world.app.runs.start(old)
  await run.unit('plan', async () => ({ oldRole: 'tenant_gone', newRole: 'tenant_gone_b' }))
  await run.unit('login', async () => ({ changedAt: 0 }))
  await run.finish('failed')
  expect(await rotate('cypress')).toMatchObject({ oldRole: user, isNew: true })
})

async function become(slug: Slug, state: TenantStatus) {
  const { app } = world
  await using run = await app.runs.start({ kind: `tenant.${state}`, subject: slug, input: {}, startedBy: 'Olga' })
  const power = byAdministrator(() => world.tenants[slug].admin)
  const setStatus = () => app.db.tenants.setStatus('Olga', slug, state)
  await setTenantState({ app, power, slug, state, setStatus, run })
  await run.finish('done')
}

test.each([
  ['suspended', 'serving', { mayLogIn: true, mayWrite: false }],
  ['archived', 'serving', { mayLogIn: false, mayWrite: false }],
  ['archived', 'service', { mayLogIn: false, mayWrite: false }],
] as const)('a company that is %s stays so when the password of its %s login changes', async (state, login, may) => {
  await become('alder', state)
  const { newRole } = await rotate('alder', { login })
  const [found] = await lookInto(
    world.tenants.alder.admin,
    `select rolcanlogin as "mayLogIn", has_table_privilege(oid, 'crm.accounts', 'insert') as "mayWrite"
     from pg_roles where rolname = $1`,
    [newRole],
  )
  expect(found).toEqual(may)
  await become('alder', 'active')
  await ask('alder')
  await openAdminLink(await loginOf('alder', login)).then((link) => link.close())
  const serving = (await loginOf('alder')).user
  const rights = `select has_table_privilege($1::name, 'crm.accounts', 'insert') as may`
  expect(await lookInto(world.tenants.alder.admin, rights, [serving])).toEqual([{ may: true }])
})

test('a second operator is refused while the first one is at it, also one whose journal took the run over', async () => {
  let second: Promise<unknown> | undefined
  await rotate('alder', {
    onProgress: (step) => {
      if (step === 'second login') second = rotate('alder').catch((error: unknown) => error)
    },
  })
  expect(isTenantryError(await second, 'RUN_IN_PROGRESS')).toBe(true)
  const { user } = await loginOf('alder')
  const link = await openAdminLink(world.tenants.alder.admin)
  await link.run(`select pg_advisory_lock(hashtextextended('tenantry login ' || $1, 0))`, [user])
  await expect(rotate('alder')).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' })
  await link.close()
  await rotate('alder')
})

test('a data source that was changed meanwhile is left as it is', async () => {
  const logins = await world.app.dataSourceLogins.bySlug('cypress')
  await lookInto(world.appAdmin, `update app.tenants set data_source_region = 'elsewhere' where slug = 'cypress'`)
  const login = { kind: 'serving', url: logins.url, sealed: 'x' } as const
  await expect(world.app.dataSourceLogins.replace('Olga', logins, login)).rejects.toMatchObject({ code: 'CONFLICT' })
  await ask('cypress')
})

test('neither journal nor audit log holds a password', async () => {
  const { password } = await loginOf('alder')
  const [row] = await lookInto(
    world.appAdmin,
    `select (select string_agg(u::text, '') from app.run_units u) || (select string_agg(a::text, '') from app.audit_log a) as said`,
  )
  expect(String(row?.['said'])).toContain('tenant.password_changed')
  expect(String(row?.['said'])).not.toContain(password())
})
