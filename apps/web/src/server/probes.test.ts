import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listen } from './listen.ts'
import { probesFor } from './probes.ts'
import { requestListener } from './request-listener.ts'

const token = 'a token of at least sixteen characters'
const state = { ready: true, applicationDatabase: 'ok' as 'ok' | 'unreachable' | 'behind', isStopping: false }
const runtime = {
  readiness: async () => ({ ready: state.ready, applicationDatabase: state.applicationDatabase }),
  metricsText: async () => 'tenantry_pools 1\n',
}
const listener = (metricsToken: string | undefined) =>
  requestListener({
    mode: 'production',
    origin: 'https://crm.example.com',
    trustedProxyHops: 0,
    api: async (_request, response) => void response.end('api'),
    files: async (_request, response) => void response.end('files'),
    calendar: async (_request, response) => void response.end(),
    rest: async (_request, response) => void response.end(),
    inbound: async (_request, response) => void response.end(),
    pages: async (_request, response) => void response.writeHead(404).end('pages'),
    probes: probesFor({ runtime, isStopping: () => state.isStopping, metricsToken }),
    onFailure: () => undefined,
  })
const server = createServer(listener(token))
const silent = createServer(listener(undefined))
let origin = ''
let silentOrigin = ''
beforeAll(async () => {
  origin = `http://127.0.0.1:${await listen(server, { port: 0, host: '127.0.0.1' })}`
  silentOrigin = `http://127.0.0.1:${await listen(silent, { port: 0, host: '127.0.0.1' })}`
})
afterAll(() => {
  server.close()
  silent.close()
})

const metrics = (authorization?: string) =>
  fetch(`${origin}/metrics`, authorization === undefined ? {} : { headers: { authorization } })

it('shows metrics to nobody but who brings the token', async () => {
  for (const wrong of [undefined, '', 'Bearer', 'Bearer ', `Bearer ${token}x`, `Basic ${token}`, token]) {
    const refused = await metrics(wrong)
    expect([refused.status, await refused.text()]).toEqual([401, 'The bearer token is missing or wrong.'])
  }
  const answer = await metrics(`Bearer ${token}`)
  expect([answer.status, await answer.text()]).toEqual([200, 'tenantry_pools 1\n'])
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
})

it('has no page of metrics where no token is set', async () => {
  const answer = await fetch(`${silentOrigin}/metrics`, { headers: { authorization: 'Bearer undefined' } })
  expect([answer.status, await answer.text()]).toEqual([404, 'pages'])
})

it('is ready with its application database, and not without it or with an older one', async () => {
  const ask = async () => {
    const answer = await fetch(`${origin}/readyz`)
    const view: unknown = await answer.json()
    return [answer.status, view]
  }
  expect(await ask()).toEqual([200, { ready: true, stopping: false, applicationDatabase: 'ok' }])
  Object.assign(state, { ready: false, applicationDatabase: 'behind' })
  expect(await ask()).toEqual([503, { ready: false, stopping: false, applicationDatabase: 'behind' }])
  Object.assign(state, { ready: true, applicationDatabase: 'ok', isStopping: true })
  expect(await ask()).toEqual([503, { ready: false, stopping: true, applicationDatabase: 'ok' }])
  state.isStopping = false
})

it('is alive whatever else is the matter', async () => {
  Object.assign(state, { ready: false, applicationDatabase: 'unreachable', isStopping: true })
  const answer = await fetch(`${origin}/healthz`)
  expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
})

it('answers the commands of the guide to monitoring', async () => {
  Object.assign(state, { ready: true, applicationDatabase: 'ok', isStopping: false })
  const guide = readFileSync(new URL('../../../../docs/guides/monitoring.md', import.meta.url), 'utf8')
  const commands = [...guide.matchAll(/^curl (?:-H "(\w+): ([^"]+)" )?http:\/\/127\.0\.0\.1:3000(\S+)$/gm)]
  expect(commands).toHaveLength(3)
  for (const [, header, value = '', path] of commands) {
    const headers = header === undefined ? {} : { [header]: value.replace('$METRICS_TOKEN', token) }
    expect([path, (await fetch(`${origin}${path}`, { headers })).status]).toEqual([path, 200])
  }
})

it('takes no other method', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    expect((await fetch(origin + path, { method: 'POST' })).status).toBe(405)
  }
})
