import type { ApiKeyRole } from '@tenantry/contracts/api-keys'
import { accountInput } from '@tenantry/testing/factories/account'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { indexProcedures } from '../procedure-index.ts'
import { appRouter } from '../router.ts'
import { serveWorld, type ServedWorld } from '../served-world.fixture.ts'
import { restRoutes } from './routes.ts'

type Slug = 'alder' | 'birch' | 'cypress'
let served: ServedWorld<Slug>
beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => served.close())

const routes = restRoutes(indexProcedures(appRouter))

async function keyOf(slug: Slug, role: ApiKeyRole = 'member') {
  return (await served.as(slug)).call('apiKeys.create', { name: 'Website', role })
}

interface Answer {
  status: number
  body: Record<string, unknown>
  headers: Headers
}

/** A program with a key. */
function program(secret: string | undefined, more: Record<string, string> = {}) {
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${served.port}/api/v1${path}`, {
      method,
      headers: {
        ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    return { status: response.status, headers: response.headers, body: parsed }
  }
}

test.each(['alder', 'cypress'] as const)(
  'a program works with the records of %s from creation to the bin',
  async (slug) => {
    const { secret } = await keyOf(slug)
    const ask = program(secret)
    const created = await ask('POST', '/accounts', accountInput({ name: 'Made by a program', status: 'inactive' }))
    expect(created).toMatchObject({ status: 201, body: { name: 'Made by a program', version: 1 } })
    const place = `/accounts/${String(created.body['id'])}`
    expect(created.headers.get('location')).toBe(`/api/v1${place}`)
    expect(await ask('GET', place)).toMatchObject({ status: 200, body: { name: 'Made by a program' } })
    const listed = await ask('GET', '/accounts?search=program&filters.status=active&filters.status=inactive&limit=5')
    expect(listed.body).toMatchObject({ rows: [{ id: created.body['id'] }], nextCursor: null })
    const [after, before] = ['2000-01-01T00:00:00Z', '2200-01-01T00:00:00Z'].map(encodeURIComponent)
    const made = async (span: string) => (await ask('GET', `/accounts?search=program&${span}`)).body['rows']
    expect(await made(`filters.createdFrom=${after}&filters.createdUntil=${before}`)).toHaveLength(1)
    expect(await made(`filters.createdFrom=${before}`)).toEqual([])
    expect(await ask('GET', '/accounts/count?filters.status=blocked')).toMatchObject({ body: { count: 0 } })
    expect(await ask('PATCH', place, { version: 1, patch: { name: 'Renamed' } })).toMatchObject({
      body: { version: 2 },
    })
    expect(await ask('PATCH', place, { version: 1, patch: { name: 'Late' } })).toMatchObject({
      status: 409,
      body: { code: 'STALE_WRITE', data: { currentVersion: 2 } },
    })
    expect(await ask('POST', `${place}/archive`, { version: 2 })).toMatchObject({ status: 200, body: { version: 3 } })
    expect(await ask('DELETE', `${place}?version=3`)).toMatchObject({ status: 200 })
    expect(await ask('GET', `${place}/timeline`)).toMatchObject({
      body: { rows: [{ action: 'deleted', actorKind: 'api_key' }, {}, {}, {}] },
    })
    const { admin, tenantIdInDataSource } = served.world.tenants[slug]
    expect(
      await lookInto(admin, 'select deleted_at is not null as gone, tenant_id from crm.accounts where id = $1', [
        created.body['id'],
      ]),
    ).toEqual([{ gone: true, tenant_id: tenantIdInDataSource }])
  },
)

test('a key reaches no row of another company, beside it or elsewhere, and is answered as for one that is not there', async () => {
  const { secret } = await keyOf('alder', 'admin')
  const ask = program(secret)
  const missing = await ask('GET', `/accounts/${randomUUID()}`)
  for (const slug of ['birch', 'cypress'] as const) {
    const { id } = await (await served.as(slug)).call('accounts.create', accountInput({ name: `Only of ${slug}` }))
    for (const [method, path, body] of [
      ['GET', `/accounts/${id}`, undefined],
      ['PATCH', `/accounts/${id}`, { version: 1, patch: { name: 'Taken' } }],
      ['DELETE', `/accounts/${id}?version=1`, undefined],
      ['POST', `/accounts/${id}/archive`, { version: 1 }],
      ['GET', `/accounts/${id}/timeline`, undefined],
    ] as const) {
      const { requestId: _, ...refused } = (await ask(method, path, body)).body
      const { requestId: __, ...absent } = missing.body
      expect(refused).toEqual(absent)
    }
    expect(JSON.stringify((await ask('GET', '/accounts?limit=200')).body)).not.toContain(slug)
    expect(await (await served.as(slug)).call('accounts.byId', { id })).toMatchObject({ version: 1 })
  }
})

test('a key of the company does not choose another one, whatever is sent beside it', async () => {
  const { secret } = await keyOf('alder')
  const { cookie = '' } = await served.as('birch')
  const other = served.world.tenants.birch.id
  await (await served.as('birch')).call('accounts.create', accountInput({ name: 'Birch behind a cookie' }))
  const ask = program(secret, { cookie, 'x-tenantry-tenant': other })
  expect(JSON.stringify((await ask('GET', '/accounts?limit=200')).body)).not.toContain('Birch behind a cookie')
  expect(await program(undefined, { cookie })('GET', '/accounts')).toMatchObject({
    status: 401,
    body: { code: 'NOT_SIGNED_IN' },
  })
})

test('no key at all, a made-up one, a revoked one, one that is too old: each is refused, and nothing is told', async () => {
  const refused = { status: 401, body: { code: 'NOT_SIGNED_IN', type: 'about:blank' } }
  for (const secret of [undefined, 'tenantry_', `tenantry_${'A'.repeat(43)}`, 'x'.repeat(200)])
    expect(await program(secret)('GET', '/accounts')).toMatchObject(refused)
  const owner = await served.as('alder')
  const revoked = await keyOf('alder')
  expect(await program(revoked.secret)('GET', '/accounts')).toMatchObject({ status: 200 })
  await owner.call('apiKeys.revoke', { id: revoked.id })
  expect(await program(revoked.secret)('GET', '/accounts')).toMatchObject(refused)
  const old = await keyOf('alder')
  await lookInto(
    served.world.appAdmin,
    `update app.api_keys set expires_at = now() - interval '1 second' where id = $1`,
    [old.id],
  )
  expect(await program(old.secret)('GET', '/accounts')).toMatchObject(refused)
})

test('a key may do what its role may, and nothing about the company itself, whatever its role', async () => {
  const readOnly = program((await keyOf('alder', 'read_only')).secret)
  expect(await readOnly('GET', '/accounts')).toMatchObject({ status: 200 })
  expect(await readOnly('POST', '/accounts', accountInput())).toMatchObject({
    status: 403,
    body: { code: 'FORBIDDEN' },
  })
  expect(await program((await keyOf('alder', 'member')).secret)('GET', '/audit')).toMatchObject({ status: 403 })
  const admin = program((await keyOf('alder', 'admin')).secret)
  expect(await admin('GET', '/audit')).toMatchObject({ status: 200 })
  for (const [method, path] of [
    ['GET', '/api-keys'],
    ['POST', '/api-keys'],
    ['POST', '/members/add'],
    ['GET', '/tenant/data-source'],
    ['POST', '/session/switch-tenant'],
    ['GET', '/operator/tenants'],
    ['GET', '/public/quote'],
  ] as const)
    expect(await admin(method, path, method === 'POST' ? {} : undefined)).toMatchObject({ status: 404 })
  // Nor through the address that browsers call.
  const { secret } = await keyOf('alder', 'admin')
  expect((await served.stranger().ask('apiKeys.list', undefined, { authorization: `Bearer ${secret}` })).outcome).toBe(
    'NOT_SIGNED_IN',
  )
})

test('keys are managed by whoever manages the company, and nobody sees a key or its hash again', async () => {
  for (const role of ['member', 'read_only'] as const)
    expect((await (await served.as('birch', role)).ask('apiKeys.create', { name: 'X', role: 'member' })).outcome).toBe(
      'FORBIDDEN',
    )
  const owner = await served.as('birch')
  const { id, secret, hint } = await owner.call('apiKeys.create', { name: 'Forms', role: 'member', validDays: null })
  expect((await (await served.as('alder')).ask('apiKeys.revoke', { id })).outcome).toBe('NOT_FOUND')
  await program(secret)('GET', '/accounts')
  await expect
    .poll(async () => (await owner.call('apiKeys.list', undefined)).find((key) => key.id === id)?.lastUsedAt)
    .not.toBeNull()
  const listed = await owner.ask('apiKeys.list', undefined)
  expect(listed.text).not.toContain(secret)
  expect(listed.text).not.toMatch(/hash/i)
  expect(listed.data).toMatchObject([
    { name: 'Forms', hint, role: 'member', expiresAt: null, createdBy: expect.any(String) as string },
  ])
  const audited = await owner.call('audit.list', {})
  expect(audited.rows.map(({ action }) => action)).toContain('api_key.created')
  expect(JSON.stringify(audited)).not.toContain(secret)
  expect(served.logged.join('')).not.toContain(secret)
})

test('of a suspended company a key reads only, and an archived one has no door', async () => {
  const { secret } = await keyOf('cypress')
  const ask = program(secret)
  const { app, tenants } = served.world
  await app.db.tenants.setStatus('tests', 'cypress', 'suspended')
  expect(await ask('GET', '/accounts')).toMatchObject({ status: 200 })
  expect(await ask('POST', '/accounts', accountInput())).toMatchObject({ body: { code: 'TENANT_SUSPENDED' } })
  await app.db.tenants.setStatus('tests', 'cypress', 'archived')
  expect(await ask('GET', '/accounts')).toMatchObject({ body: { code: 'TENANT_ARCHIVED' } })
  await app.db.tenants.setStatus('tests', 'cypress', 'active')
  expect(tenants.cypress.slug).toBe('cypress')
})

test('what is wrong with a request is named: parameters, fields, methods, media type, size', async () => {
  const ask = program((await keyOf('alder')).secret)
  const fields = (answer: Answer) => (answer.body['data'] as { fields: Record<string, string[]> }).fields
  expect(fields(await ask('GET', '/accounts?nonsense=1'))).toHaveProperty('nonsense')
  expect(fields(await ask('GET', '/accounts?limit=many'))).toHaveProperty('limit')
  expect(fields(await ask('GET', '/accounts?limit=1&limit=2'))).toHaveProperty('limit')
  expect(fields(await ask('GET', '/accounts?__proto__.x=1'))).toHaveProperty(['__proto__.x'])
  expect(fields(await ask('POST', '/accounts', { name: '' }))).toHaveProperty('name')
  expect(
    fields(await ask('PATCH', `/accounts/${randomUUID()}`, { id: randomUUID(), version: 1, patch: {} })),
  ).toHaveProperty('id')
  expect(await ask('GET', '/accounts/not-an-id')).toMatchObject({ status: 400 })
  expect(await ask('PUT', '/accounts', {})).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } })
  expect(await ask('GET', '/nothing')).toMatchObject({ status: 404 })
  expect(await ask('POST', '/accounts', { name: 'x'.repeat(2_000_000) })).toMatchObject({ status: 413 })
  const { secret } = await keyOf('alder')
  const form = await fetch(`http://127.0.0.1:${served.port}/api/v1/accounts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/plain' },
    body: '{}',
  })
  expect(form.status).toBe(415)
})

test('a database that is away is answered in the same words, without an address or a statement', async () => {
  const ask = program((await keyOf('cypress')).secret)
  const { app, tenants } = served.world
  const before = await lookInto<{ url: string }>(
    served.world.appAdmin,
    'select data_source_url as url from app.tenants where id = $1',
    [tenants.cypress.id],
  )
  await lookInto(
    served.world.appAdmin,
    `update app.tenants set data_source_url = 'postgres://nobody@127.0.0.1:1/nowhere?sslmode=disable' where id = $1`,
    [tenants.cypress.id],
  )
  await sleep(50)
  const away = await ask('GET', '/accounts')
  expect(away).toMatchObject({ status: 503, body: { code: 'TENANT_DATABASE_UNREACHABLE' } })
  expect(JSON.stringify(away.body)).not.toMatch(/nowhere|127\.0\.0\.1|select/)
  await lookInto(served.world.appAdmin, 'update app.tenants set data_source_url = $1 where id = $2', [
    before[0]?.url,
    tenants.cypress.id,
  ])
  expect(app.db).toBeDefined()
})

test('the words of the API are not taken for ids', () => {
  const words = routes
    .map(({ template }) => template.split('/')[2])
    .filter((word) => word !== '{id}' && word !== undefined)
  expect(words).toContain('count')
  expect(routes.find(({ procedure }) => procedure === 'opportunities.board')?.template).toBe('/opportunities/board')
})
