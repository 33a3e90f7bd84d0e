import type { LookupAddress } from 'node:dns'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseNetworks } from './networks.ts'
import { post, type Lookup } from './post.ts'
import { delayAfter, messageAttempts, restAfter } from './retries.ts'

let server: Server
let port = 0
let connections = 0
let reached: { method: string | undefined; url: string | undefined; body: string }[] = []
let answer: RequestListener = (_, response) => void response.writeHead(204).end()
const here = parseNetworks('127.0.0.0/8')
const nowhere = parseNetworks(undefined)
const message = { headers: { 'content-type': 'application/json', 'webhook-id': 'm' }, body: '{"a":"ä"}' }

beforeEach(async () => {
  reached = []
  connections = 0
  answer = (_, response) => void response.writeHead(204).end()
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
    request.on('end', () => {
      reached.push({ method: request.method, url: request.url, body })
      answer(request, response)
    })
  })
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('a body arrives as it is, and the answer is told in a few words', async () => {
  answer = (_, response) => void response.writeHead(500).end('Oh\u0000no')
  const posted = await post(to('/in?x=1'), message, { networks: here })
  expect(posted).toMatchObject({ statusCode: 500, answer: 'Oh no', error: null })
  expect(reached).toEqual([{ method: 'POST', url: '/in?x=1', body: message.body }])
})

test('an answer that leads elsewhere is followed nowhere', async () => {
  answer = (_, response) => void response.writeHead(302, { location: `http://127.0.0.1:${port}/inner` }).end()
  expect(await post(to('/'), message, { networks: here })).toMatchObject({ statusCode: 302 })
  expect(reached.map(({ url }) => url)).toEqual(['/'])
})

test('an answer without end is not read to its end, and a slow one not waited for', async () => {
  answer = (_, response) => {
    response.writeHead(200)
    const more = setInterval(() => response.write('x'.repeat(65_536)), 1)
    response.on('close', () => clearInterval(more))
  }
  const endless = await post(to('/'), message, { networks: here })
  expect([endless.statusCode, endless.answer?.length]).toEqual([200, 500])
  answer = () => undefined
  const silent = await post(to('/'), message, { networks: here, timeoutMs: 200 })
  expect(silent).toMatchObject({ statusCode: null, error: 'TIMEOUT' })
  expect(silent.durationMs).toBeLessThan(2_000)
})

test.each(['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '0'])(
  'a number that leads to this machine, as %s, is refused before anybody is connected to',
  async (host) => {
    for (const scheme of ['http', 'https']) {
      const posted = await post(new URL(`${scheme}://${host}:${port}/`), message, { networks: nowhere })
      expect(posted).toMatchObject({ statusCode: null, error: 'ADDRESS_REFUSED' })
    }
    expect([connections, reached]).toEqual([0, []])
  },
)

test.each([[['127.0.0.1']], [['169.254.169.254']], [['93.184.216.34', '127.0.0.1']], [['::ffff:10.0.0.1']], [[]]])(
  'a name that leads to %j is refused',
  async (addresses) => {
    const named = new URL(`https://hooks.example.com:${port}/`)
    const posted = await post(named, message, { networks: nowhere, lookup: leadingTo(addresses) })
    expect(posted).toMatchObject({ statusCode: null, error: 'ADDRESS_REFUSED' })
    expect([connections, reached]).toEqual([0, []])
  },
)

test('a name is looked up once for each connection, so that a second look-up cannot lead elsewhere', async () => {
  const named = new URL(`http://hooks.example.com:${port}/`)
  let asked = 0
  const rebinding: Lookup = (_name, _options, callback) =>
    callback(null, asked++ === 0 ? addressesOf(['127.0.0.1']) : addressesOf(['127.0.0.2']))
  expect(await post(named, message, { networks: parseNetworks('127.0.0.1/32'), lookup: rebinding })).toMatchObject({
    statusCode: 204,
  })
  expect(asked).toBe(1)
  const second = await post(named, message, { networks: parseNetworks('127.0.0.1/32'), lookup: rebinding })
  expect(second).toMatchObject({ error: 'ADDRESS_REFUSED' })
  expect(reached.length).toBe(1)
})

test('without TLS only a network that was allowed is reached', async () => {
  const named = new URL(`http://hooks.example.com:${port}/`)
  const posted = await post(named, message, { networks: nowhere, lookup: leadingTo(['93.184.216.34']) })
  expect(posted).toMatchObject({ statusCode: null, error: 'ADDRESS_REFUSED' })
})

test('nobody there is a word, and not what the system says about it', async () => {
  const free = await freePort()
  const posted = await post(new URL(`http://127.0.0.1:${free}/`), message, { networks: here })
  expect(posted).toMatchObject({ statusCode: null, error: 'ECONNREFUSED', answer: null })
})

test('the last attempt is made after more than two days, and those who failed together come back apart', () => {
  const delays = Array.from({ length: messageAttempts - 1 }, (_, index) => delayAfter(index + 1, 0.5))
  expect(delays).toEqual([5, 20, 80, 320, 1_280, 5_120, 20_480, 81_920, 86_400])
  expect([delayAfter(3, 0), delayAfter(3, 1)]).toEqual([64, 96])
  expect([restAfter(1, 0.5), restAfter(4, 0.5), restAfter(40, 0.5)]).toEqual([5, 40, 3_600])
})

test('the library that receivers use takes what the library that we use has signed', () => {
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
  const at = new Date()
  const headers = {
    'webhook-id': 'm',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('m', at, message.body),
  }
  expect(new Webhook(secret).verify(message.body, headers)).toEqual({ a: 'ä' })
})

function to(path: string): URL {
  return new URL(path, `http://127.0.0.1:${port}`)
}

function addressesOf(addresses: string[]): LookupAddress[] {
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
}

function leadingTo(addresses: string[]): Lookup {
  return (_name, _options, callback) => callback(null, addressesOf(addresses))
}

async function freePort(): Promise<number> {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port: free } = other.address() as AddressInfo
  await new Promise((resolve) => other.close(resolve))
  return free
}
