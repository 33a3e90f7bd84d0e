import { isTenantryError } from '@tenantry/errors'
import { lookInto } from '@tenantry/testing/look-into'
import { mainServer } from '@tenantry/vitest-config/servers'
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openRuntime, type RuntimeConfig } from './runtime.ts'
import { origin, serveWorld, type ServedWorld } from './served-world.fixture.ts'

let served: ServedWorld<'alder' | 'birch'>

beforeAll(async () => {
  served = await serveWorld({ alder: { server: mainServer() }, birch: { server: mainServer() } })
})
afterAll(() => served.close())

test('a page on the server reads with the cookie of its request what the browser would', async () => {
  const browser = await served.as('alder')
  await browser.call('accounts.create', { name: 'Seen from both sides' })
  const caller = served.runtime.callerFor({ cookieHeader: browser.cookie })
  expect(await caller.accounts.list({})).toEqual(await browser.call('accounts.list', {}))
  expect(await caller.session.view()).toEqual(await browser.call('session.view', undefined))
})

test('a page on the server learns with which code and sentence it was refused', async () => {
  const caller = served.runtime.callerFor({ cookieHeader: undefined })
  const error = await caller.accounts.list({}).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TRPCError)
  const { message, cause } = error as TRPCError
  expect([message, isTenantryError(cause, 'NOT_SIGNED_IN')]).toEqual(['Sign in to continue.', true])
})

test('every answer, right or wrong, may be kept by nobody and names its request', async () => {
  const browser = await served.as('alder')
  const seen = new Set<string | null>()
  for (const answer of [
    await browser.ask('accounts.list', {}),
    await browser.ask('accounts.list', { limit: 0 }),
    await served.stranger().ask('accounts.list', {}),
    await browser.send('no.such'),
    await browser.send('accounts.list,tenant.settings?batch=1'),
  ]) {
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('set-cookie')).toBeNull()
    seen.add(answer.headers.get('x-request-id'))
  }
  expect(seen.size).toBe(5)
})

test('what another site, a form, or a batch that is too large sends changes nothing', async () => {
  const browser = await served.as('birch')
  const json = { 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'forged' })
  const post = (headers: Record<string, string>, text: string = body, route = 'accounts.create') =>
    browser.send(route, { method: 'POST', headers, body: text })
  const refused = [
    await post({ ...json, origin: 'https://evil.example' }),
    await post({ ...json, 'sec-fetch-site': 'cross-site' }),
    await post({ 'content-type': 'application/x-www-form-urlencoded' }, 'name=forged'),
    await post({ 'content-type': 'text/plain' }),
    await post(
      json,
      JSON.stringify(Object.fromEntries(Array.from({ length: 21 }, (_, index) => [index, { name: 'forged' }]))),
      `${Array.from({ length: 21 }, () => 'accounts.create').join(',')}?batch=1`,
    ),
  ]
  expect(refused.map(({ status, outcome }) => [status, outcome])).toEqual([
    [403, 'CROSS_SITE_REQUEST'],
    [403, 'CROSS_SITE_REQUEST'],
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
    [413, 'BATCH_TOO_LARGE'],
  ])
  expect((await post({ ...json, origin, 'sec-fetch-site': 'same-origin' })).outcome).toBe('ok')
  const rows = await lookInto(served.world.tenants.birch.admin, `select name from crm.accounts where name = 'forged'`)
  expect(rows).toHaveLength(1)
})

test('a configuration that cannot be right is refused before anything is opened', () => {
  const wrong: Partial<RuntimeConfig>[] = [
    { appDatabaseUrl: 'postgres://127.0.0.1/app' },
    { appDatabaseUrl: 'mysql://app:hunter2@127.0.0.1/app' },
    { keys: 'k1:too-short' },
    { sessionSecret: 'short' },
  ]
  for (const change of wrong) {
    const attempt = () => openRuntime({ ...served.config, ...change })
    expect(attempt).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(CONFIGURATION|CREDENTIAL_KEY)_INVALID$/) }),
    )
    expect(attempt).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }))
  }
})

test('a closed runtime has let go of every connection', async () => {
  const { config, world } = served
  const open = async () => {
    const rows = await lookInto<{ pid: number }>(
      world.appAdmin,
      `select pid from pg_stat_activity where pid <> pg_backend_pid() and datname in ($1, $2)`,
      [world.appTarget.database, world.tenants.alder.admin.database],
    )
    return rows.map(({ pid }) => pid)
  }
  const browser = await served.as('alder')
  const before = await open()
  const opened = async () => (await open()).filter((pid) => !before.includes(pid))
  const runtime = openRuntime(config)
  await runtime.callerFor({ cookieHeader: browser.cookie }).accounts.list({})
  expect((await opened()).length).toBeGreaterThanOrEqual(2)
  await runtime.close()
  await vi.waitFor(async () => expect(await opened()).toEqual([]))
})
