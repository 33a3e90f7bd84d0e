import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { origin, serveSession, type SessionServer } from './session-server.fixture.ts'

let server: SessionServer
beforeAll(async () => {
  server = await serveSession()
})
afterAll(() => server.close())

test('answers a query with its data, uncacheable and with a request id', async () => {
  const answer = await call('GET', 'session.view')
  expect(answer.status).toBe(200)
  expect(answer.json).toEqual({
    result: {
      data: {
        user: { id: 'u1', name: 'Ada', email: 'ada@example.test' },
        tenant: null,
        tenants: [],
        isOperator: false,
        support: null,
      },
    },
  })
  expect(answer.headers['cache-control']).toBe('private, no-store')
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test('an error is as uncacheable as an answer and names the request of its header', async () => {
  const answer = await call('GET', 'session.view', { cookie: null })
  expect(answer.status).toBe(401)
  expect(answer.headers['cache-control']).toBe('private, no-store')
  expect(answer.json).toEqual({
    error: {
      message: 'Sign in to continue.',
      code: -32001,
      data: { code: 'NOT_SIGNED_IN', httpStatus: 401, requestId: answer.headers['x-request-id'] },
    },
  })
})

test('the calls of a batch read the session once', async () => {
  server.seen.sessionsRead = 0
  const answer = await call('GET', 'session.view,session.view,session.view?batch=1')
  expect(answer.json).toHaveLength(3)
  expect(server.seen.sessionsRead).toBe(1)
})

test('a batch whose calls end differently says so with 207', async () => {
  const answer = await call('GET', 'session.view,no.such?batch=1&input=%7B%7D')
  expect(answer.status).toBe(207)
  expect(answer.json).toMatchObject([
    { result: {} },
    { error: { data: { code: 'PROCEDURE_NOT_FOUND', httpStatus: 404 } } },
  ])
})

test('refuses a batch of more than twenty calls before any of them runs', async () => {
  server.seen.sessionsRead = 0
  const answer = await call('GET', `${Array.from({ length: 21 }, () => 'session.view').join(',')}?batch=1`)
  expect([answer.status, codeOf(answer)]).toEqual([413, 'BATCH_TOO_LARGE'])
  expect(server.seen.sessionsRead).toBe(0)
  expect((await call('GET', `${Array.from({ length: 20 }, () => 'session.view').join(',')}?batch=1`)).status).toBe(200)
})

test('an encoded comma does not smuggle calls past the limit', async () => {
  const answer = await call('GET', `${Array.from({ length: 21 }, () => 'session.view').join('%2C')}?batch=1`)
  expect(codeOf(answer)).toBe('BATCH_TOO_LARGE')
})

test('a procedure that does not exist is a 404, inherited names included', async () => {
  for (const path of ['no.such', 'constructor', '__proto__', 'session', '']) {
    const answer = await call('GET', path)
    expect([path, answer.status, codeOf(answer)]).toEqual([path, 404, 'PROCEDURE_NOT_FOUND'])
  }
})

test('a mutation is not reachable by GET and a query not by POST', async () => {
  server.seen.signedOut = 0
  const byGet = await call('GET', 'session.signOut')
  expect([byGet.status, codeOf(byGet), byGet.headers.allow]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET, POST'])
  expect((await call('POST', 'session.view', { body: '{}' })).status).toBe(405)
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    expect((await call(method, 'session.signOut')).status).toBe(405)
  expect(server.seen.signedOut).toBe(0)
})

test('only JSON is read: a form that another page could post is refused', async () => {
  server.seen.signedOut = 0
  for (const type of [
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/octet-stream',
    null,
  ]) {
    const answer = await call('POST', 'session.signOut', { body: '{}', headers: { 'content-type': type } })
    expect([type, answer.status, codeOf(answer)]).toEqual([type, 415, 'UNSUPPORTED_MEDIA_TYPE'])
  }
  expect(server.seen.signedOut).toBe(0)
  expect(
    (
      await call('POST', 'session.signOut', {
        body: '',
        headers: { 'content-type': 'Application/JSON; charset=utf-8' },
      })
    ).status,
  ).toBe(200)
  expect(server.seen.signedOut).toBe(1)
})

test('another site cannot act for the person who is signed in', async () => {
  server.seen.signedOut = 0
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://crm.example.test.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  ]
  for (const headers of foreign) {
    const answer = await call('POST', 'session.signOut', { body: '{}', headers })
    expect([headers, answer.status, codeOf(answer)]).toEqual([headers, 403, 'CROSS_SITE_REQUEST'])
  }
  expect(codeOf(await call('GET', 'session.view', { headers: { 'sec-fetch-site': 'cross-site' } }))).toBe(
    'CROSS_SITE_REQUEST',
  )
  expect(server.seen.signedOut).toBe(0)
  expect(
    (await call('POST', 'session.signOut', { body: '{}', headers: { origin, 'sec-fetch-site': 'same-origin' } }))
      .status,
  ).toBe(200)
})

test('a body over the limit is refused whether or not it announces its length', async () => {
  const body = JSON.stringify({ text: 'x'.repeat(1_100_000) })
  for (const chunked of [false, true]) {
    const answer = await call('POST', 'session.signOut', { body, chunked })
    expect([answer.status, codeOf(answer), answer.headers.connection]).toEqual([413, 'REQUEST_TOO_LARGE', 'close'])
  }
})

test('text that is not JSON is BAD_INPUT and is not quoted', async () => {
  for (const answer of [
    await call('POST', 'session.switchTenant', { body: '{"tenantId": hunter2' }),
    await call('GET', 'session.view?input=hunter2'),
    await call('POST', 'session.switchTenant?batch=1', { body: '"hunter2"' }),
    await call('GET', 'session.view%E0%A4%A'),
  ]) {
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_INPUT'])
    expect(answer.text).not.toContain('hunter2')
  }
})

test('an input that breaks its contract is BAD_INPUT with a message per field', async () => {
  const answer = await call('POST', 'session.switchTenant', { body: JSON.stringify({ tenantId: 'hunter2', extra: 1 }) })
  expect(answer.status).toBe(400)
  expect(answer.json).toMatchObject({
    error: {
      data: { code: 'BAD_INPUT', data: { fields: { tenantId: [expect.any(String)], '': [expect.any(String)] } } },
    },
  })
  expect(answer.text).not.toContain('hunter2')
})

test('an unknown failure says INTERNAL and a request id, and nothing of its cause', async () => {
  const answer = await call('GET', 'session.view', { cookie: 'session=broken' })
  expect([answer.status, codeOf(answer)]).toEqual([500, 'INTERNAL'])
  expect(answer.text).not.toMatch(/select|secret|= 42|stack|\.ts/)
  expect(server.seen.logged).toContainEqual(
    expect.objectContaining({ requestId: answer.headers['x-request-id'], code: 'INTERNAL' }),
  )
})

test('an answer that is no JSON fails its own call only', async () => {
  const answer = await call('GET', 'session.view,session.list?batch=1')
  expect(answer.json).toMatchObject([{ result: {} }, { error: { data: { code: 'INTERNAL' } } }])
})

interface Sent {
  cookie?: string | null
  body?: string
  chunked?: boolean
  headers?: Record<string, string | null>
}
interface Received {
  status: number
  headers: IncomingHttpHeaders
  text: string
  json: unknown
}

function call(method: string, path: string, sent: Sent = {}): Promise<Received> {
  const { cookie = 'session=ada', body, chunked = false, headers = {} } = sent
  const all: Record<string, string | null> = {
    cookie,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  }
  if (body !== undefined && !chunked) all['content-length'] = String(Buffer.byteLength(body))
  const present = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { port: server.port, host: '127.0.0.1', method, path: `/api/trpc/${path}`, headers: present, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: JSON.parse(text) })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

function codeOf(answer: Received): unknown {
  return (answer.json as { error?: { data?: { code?: unknown } } }).error?.data?.code
}
