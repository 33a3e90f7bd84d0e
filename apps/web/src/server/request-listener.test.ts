import { createServer } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { requestListener } from './request-listener.ts'

const server = createServer(
  requestListener({
    mode: 'production',
    api: async (_request, response) => void response.end('api'),
    pages: async (request, response) => {
      if (request.url === '/broken') throw new Error('secret detail')
      response.end('pages')
    },
  }),
)
afterEach(() => void server.close())

it('sends calls to the API, the rest to pages, and tells nothing about a failure', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const ask = async (path: string) => (await fetch(origin + path)).text()
  expect(await ask('/api/trpc/session.view')).toBe('api')
  expect(await ask('/accounts?x=/api/trpc/')).toBe('pages')
  expect(await ask('/healthz')).toBe('ok')
  const broken = await fetch(`${origin}/broken`)
  expect([broken.status, await broken.text()]).toEqual([500, ''])
  expect(broken.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})
