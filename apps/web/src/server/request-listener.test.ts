import { createServer, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requestListener } from './request-listener.ts'

const failures: unknown[] = []
let lastPage: IncomingMessage['headers'] = {}
let origin = ''
const server = createServer(
  requestListener({
    mode: 'production',
    origin: 'https://crm.example.com',
    trustedProxyHops: 0,
    api: async (_request, response) => void response.end('api'),
    files: async (_request, response) => void response.end('files'),
    calendar: async (_request, response) => void response.end('calendar'),
    rest: async (_request, response) => void response.end('rest'),
    inbound: async (_request, response) => void response.end('inbound'),
    pages: async (request, response) => {
      lastPage = request.headers
      if (request.url === '/broken') throw new Error('secret detail')
      response.end('pages')
    },
    probes: new Map([['/healthz', async (_request, response) => void response.end('ok')]]),
    onFailure: (error) => failures.push(error),
  }),
)
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(() => void server.close())

it('sends calls to the API and the rest to pages', async () => {
  const ask = async (path: string) => (await fetch(origin + path)).text()
  expect(await ask('/api/trpc/session.view')).toBe('api')
  expect(await ask('/api/files/attachments/1')).toBe('files')
  expect(await ask('/api/v1/accounts')).toBe('rest')
  expect(await ask('/api/inbound/sms/id')).toBe('inbound')
  expect(await ask('/api/calendar/secret.ics')).toBe('calendar')
  expect(await ask('/accounts?x=/api/trpc/')).toBe('pages')
  expect(await ask('/healthz')).toBe('ok')
})

it('reports a failure once and tells the caller nothing about it', async () => {
  const broken = await fetch(`${origin}/broken`)
  expect([broken.status, await broken.text()]).toEqual([500, ''])
  expect(broken.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(failures).toHaveLength(1)
})

it('gives every answer a nonce of its own and pages the same one', async () => {
  const nonceOf = async () => {
    const answer = await fetch(`${origin}/accounts`)
    return /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1]
  }
  const first = await nonceOf()
  expect(lastPage['x-nonce']).toBe(first)
  expect(await nonceOf()).not.toBe(first)
})

it('tells nobody where a public page is, and lets nobody find or keep it', async () => {
  const { headers } = await fetch(`${origin}/public/quote`)
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-robots-tag')).toContain('noindex')
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect((await fetch(`${origin}/accounts`)).headers.get('x-robots-tag')).toBeNull()
})

it('overwrites what a caller says about its address and about the policy of scripts', async () => {
  const invented = {
    'x-forwarded-for': '6.6.6.6',
    'x-forwarded-host': 'evil.example',
    'content-security-policy': "script-src 'nonce-mine'",
  }
  await fetch(`${origin}/accounts`, { headers: invented })
  expect(lastPage['x-forwarded-for']).toMatch(/127\.0\.0\.1$/)
  expect(lastPage['x-forwarded-host']).toBe('crm.example.com')
  expect(lastPage['content-security-policy']).not.toContain('nonce-mine')
})

it('forbids to keep any answer but files of the build', async () => {
  const cacheControl = async (path: string) => (await fetch(origin + path)).headers.get('cache-control')
  expect(await cacheControl('/accounts')).toBe('private, no-store')
  expect(await cacheControl('/api/auth/session')).toBe('private, no-store')
  expect(await cacheControl('/_next/static/chunk.js')).toBeNull()
})

it('reads no large body, and none of unknown size, outside the API', async () => {
  const post = async (path: string, body: BodyInit) => {
    return (await fetch(origin + path, { method: 'POST', body, duplex: 'half' } as RequestInit)).status
  }
  expect(await post('/api/auth/callback/credentials', 'x'.repeat(16_384))).toBe(200)
  expect(await post('/api/auth/callback/credentials', 'x'.repeat(16_385))).toBe(413)
  expect(await post('/api/auth/callback/credentials', new Blob(['x']).stream())).toBe(413)
  expect(await post('/api/trpc/accounts.create', 'x'.repeat(16_385))).toBe(200)
})
