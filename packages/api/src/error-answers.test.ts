import type { ErrorCode } from '@tenantry/errors/codes'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, type Answer } from './browser.fixture.ts'
import { openRuntime } from './runtime.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

type Slug = 'alder' | 'birch' | 'cypress' | 'dogwood' | 'elder'
let served: ServedWorld<Slug>

beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
    dogwood: { server: elsewhereServer() },
    elder: { server: mainServer() },
  })
})
afterAll(() => served.close())

/** What the caller sent and nobody may hear again: a bound value of every statement below. */
const secret = 'hunter2-bound-value'

test('a rule of the database answers with its code and says neither the rule, the statement nor the values', async () => {
  for (const slug of ['alder', 'cypress'] as const) {
    const browser = await served.as(slug)
    const nobody = '01900000-0000-7000-8000-000000000001'
    await answers('RULE_VIOLATED', browser.ask('accounts.create', { name: secret, parentAccountId: nobody }))
    await answers('RULE_VIOLATED', browser.ask('accounts.create', { name: secret, ownerId: nobody }))
    const member = { email: `${secret}@${slug}.example`, name: secret, role: 'member' } as const
    await browser.call('members.add', member)
    await answers('CONFLICT', browser.ask('members.add', member))
    await answers('NOT_FOUND', browser.ask('accounts.patch', { id: nobody, version: 1, patch: { name: secret } }))
  }
})

test('an input that is refused is not quoted', async () => {
  const browser = await served.as('alder')
  await answers('BAD_INPUT', browser.ask('accounts.byId', { id: secret }))
  await answers('BAD_INPUT', browser.ask('accounts.list', { cursor: secret }))
  await answers('BAD_INPUT', browser.ask('audit.list', { cursor: secret }))
  await answers('BAD_INPUT', browser.ask('accounts.create', { name: 'x', email: secret }))
})

test('a bug in the database, with values in the sentences of the server, answers DATABASE_ERROR and no sentence', async () => {
  for (const slug of ['birch', 'dogwood'] as const) {
    const { admin } = served.world.tenants[slug]
    const browser = await served.as(slug)
    await lookInto(
      admin,
      `create function crm.fail() returns trigger language plpgsql as $$
         begin raise exception 'insert into crm.accounts (name) values (%)', new.name using detail = new.name, errcode = 'XX000'; end $$;
       create trigger fail before insert on crm.accounts for each row execute function crm.fail()`,
    )
    await answers('DATABASE_ERROR', browser.ask('accounts.create', { name: secret }))
    await lookInto(admin, 'drop trigger fail on crm.accounts; drop function crm.fail()')
    await lookInto(admin, 'alter table crm.accounts rename to was_accounts')
    await answers('DATABASE_ERROR', browser.ask('accounts.list', { filters: { city: secret } }))
    await lookInto(admin, 'alter table crm.was_accounts rename to accounts')
  }
})

test('a database that is away, too slow, or not the right one answers with its code and without address or login', async () => {
  const { dogwood } = served.world.tenants
  const browser = await served.as('dogwood')
  const ask = () => browser.ask('accounts.list', { search: secret })
  const original = await columnsOf('dogwood')

  await setDataSource('dogwood', `data_source_url = regexp_replace(data_source_url, ':[0-9]+/', ':1/')`)
  await answers('TENANT_DATABASE_UNREACHABLE', ask())
  await setDataSource(
    'dogwood',
    `data_source_url = '${original.url.replace(dogwood.admin.database, 'no_such_database')}'`,
  )
  await answers('TENANT_DATABASE_REFUSED', ask())
  await setDataSource('dogwood', `data_source_url = '${original.url.replace(/\/\/[^@]*/, '//nobody')}'`)
  await answers('TENANT_DATABASE_REFUSED', ask())
  await setDataSource('dogwood', `data_source_anon_key = '${(await columnsOf('elder')).key}'`)
  await answers('CREDENTIAL_WRONG_TENANT', ask())
  await setDataSource('dogwood', `data_source_identity = '1/1/1'`)
  await answers('TENANT_DATABASE_MISMATCH', ask())
  await setDataSource('dogwood', `connection_pool_config = '{"statementMs": 200}'`)
  await lookInto(
    dogwood.admin,
    `create function crm.wait() returns trigger language plpgsql as $$ begin perform pg_sleep(3); return new; end $$;
     create trigger wait before insert on crm.accounts for each row execute function crm.wait()`,
  )
  await answers('TENANT_DATABASE_TIMEOUT', browser.ask('accounts.create', { name: secret }))
  await lookInto(dogwood.admin, 'drop trigger wait on crm.accounts; drop function crm.wait()')
  // The same session, once the data source is right again.
  expect((await ask()).outcome).toBe('ok')

  async function setDataSource(slug: Slug, change: string): Promise<void> {
    await lookInto(
      served.world.appAdmin,
      `update app.tenants set data_source_url = '${original.url}', data_source_anon_key = '${original.key}',
         data_source_identity = '${original.identity}' where slug = '${slug}';
       update app.tenants set ${change} where slug = '${slug}'`,
    )
  }
})

test('an application database that is away answers APP_DATABASE_UNAVAILABLE, one that is broken DATABASE_ERROR', async () => {
  const { world, config } = served
  const browser = await served.as('elder')
  await lookInto(world.appAdmin, 'alter table app.audit_log rename to was_audit_log')
  await answers('DATABASE_ERROR', browser.ask('audit.list', { action: secret }))
  await lookInto(world.appAdmin, 'alter table app.was_audit_log rename to audit_log')

  const { appDatabaseUrl, ...rest } = config
  await using away = openRuntime({ ...rest, appDatabaseUrl: appDatabaseUrl.replace(/:\d+\//, ':1/') })
  const server = createServer((request, response) => void away.handleTrpc(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await answers('APP_DATABASE_UNAVAILABLE', new Browser(port, browser.cookie).ask('accounts.list', { search: secret }))
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('the log says what failed, and neither values nor credentials', () => {
  const codes = served.logged.map((line) => (JSON.parse(line) as { code?: unknown }).code)
  expect(codes).toEqual(
    expect.arrayContaining(['DATABASE_ERROR', 'TENANT_DATABASE_MISMATCH', 'TENANT_DATABASE_REFUSED']),
  )
  for (const line of served.logged) expect(line).not.toMatch(secrets())
})

async function answers(code: ErrorCode, asked: Promise<Answer>): Promise<void> {
  const { status, headers, text, outcome } = await asked
  expect([code, outcome, text]).toEqual([code, code, expect.not.stringMatching(unspeakable())])
  expect(status).toBeGreaterThanOrEqual(400)
  expect(headers.get('cache-control')).toBe('private, no-store')
  const body = JSON.parse(text) as { error: { data: { requestId: string } } }
  expect(body.error.data.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers.get('x-request-id')).toBe(body.error.data.requestId)
}

/** Statements, values, schemas, addresses, logins, credentials, places in our code. */
function unspeakable(): RegExp {
  const { world } = served
  const targets = [world.appTarget, ...Object.values(world.tenants).map(({ admin }) => admin)]
  const words = [
    secrets().source,
    'insert into|update \\S+ set|\\bselect\\b.*\\bfrom\\b|\\$1',
    '\\b(crm|app)\\.[a-z_]+\\b',
    '127\\.0\\.0\\.1|localhost',
    'tenant_[0-9a-f]{16}|no_such_database',
    ...targets.flatMap(({ user, database }) => [`\\b${user}\\b`, database]),
    'node_modules|\\.ts:\\d',
  ]
  return new RegExp(words.join('|'), 'i')
}

/** Values, and what opens a database: an address with a login, a sealed password, the key that opens it. */
function secrets(): RegExp {
  const key = served.config.keys.replace('k1:', '').replaceAll(/[+/=]/g, '\\$&')
  return new RegExp([secret, key, '\\bt1\\.k1\\.', 'postgres(ql)?:/'].join('|'), 'i')
}

async function columnsOf(slug: Slug): Promise<{ url: string; key: string; identity: string }> {
  const [row] = await lookInto<{ url: string; key: string; identity: string }>(
    served.world.appAdmin,
    'select data_source_url as url, data_source_anon_key as key, data_source_identity as identity from app.tenants where slug = $1',
    [slug],
  )
  if (row === undefined) throw new Error(`there is no tenant ${slug}`)
  return row
}
