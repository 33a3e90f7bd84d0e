import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { byId, useEvents } from './events.fixture.ts'
import { Link } from './link.ts'
import { openImpostor, openProxy } from './proxy.fixture.ts'

const home = useEvents()

function message(type: string, body: Buffer | number[]): Buffer {
  const content = Buffer.from(body)
  const header = Buffer.alloc(5)
  header.write(type, 0, 'latin1')
  header.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([header, content])
}

const idle = message('Z', Buffer.from('I'))
const emptyAnswer = message('I', [])
const letIn = message('R', [0, 0, 0, 0])

function afterStartup(say: (socket: Socket) => void) {
  return (socket: Socket) => {
    socket.once('data', () => say(socket))
  }
}

test('a server that accepts and closes is dialed at most ten times a second, and everybody is told', async () => {
  const impostor = await openImpostor(home.target, (socket) => socket.end())
  const { database } = home.openPool({ max: 4 }, impostor.target)
  const until = performance.now() + 1500
  let slowest = 0
  let failures = 0
  const worker = async () => {
    while (performance.now() < until) {
      const started = performance.now()
      await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
      slowest = Math.max(slowest, performance.now() - started)
      failures++
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
  await Promise.all(Array.from({ length: 12 }, worker))
  expect(impostor.dials.length).toBeLessThanOrEqual(20)
  expect(impostor.dials.length).toBeGreaterThan(10)
  expect(slowest).toBeLessThan(1000)
  expect(failures).toBeGreaterThan(50)
})

test('a server that lets us in and then drops us is dialed at most ten times a second', async () => {
  const proxy = await openProxy(home.target)
  proxy.rewrite = (chunk, client) => {
    if (chunk.includes(idle)) setTimeout(() => client.resetAndDestroy(), 30)
    return chunk
  }
  const { database } = home.openPool({ max: 4, acquireMs: 300 }, proxy.target)
  const started = performance.now()
  const worker = async () => {
    while (performance.now() < started + 1500) {
      await database.transaction(() => new Promise((resolve) => setTimeout(resolve, 50))).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
  await Promise.all(Array.from({ length: 12 }, worker))
  expect(proxy.dials.length).toBeLessThanOrEqual(10 * Math.ceil((performance.now() - started) / 1000))
})

test('a server that accepts and says nothing costs the connect deadline', async () => {
  const impostor = await openImpostor(home.target, () => undefined)
  const { database, pool } = home.openPool({ max: 4, connectMs: 150 }, impostor.target)
  const started = performance.now()
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
    detail: { reason: 'timeout' },
  })
  expect(performance.now() - started).toBeLessThan(1000)
  expect(pool.stats()).toEqual({ open: 0, idle: 0, opening: 0, waiting: 0 })
})

test('a port on which nobody listens is reported at once', async () => {
  const { database } = home.openPool({}, { ...home.target, port: 1 })
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
    detail: { reason: 'connection lost: ECONNREFUSED' },
  })
})

test.each([
  ['asks for no password', letIn],
  ['asks for a clear-text password', message('R', [0, 0, 0, 3])],
  ['asks for an md5 password', message('R', [0, 0, 0, 5, 1, 2, 3, 4])],
  ['is ready without a login', idle],
  ['lets us in without a login', Buffer.concat([letIn, idle])],
  ['answers before a login', message('C', Buffer.from('COMMIT\0'))],
  ['sends rows before a login', message('D', [0, 0])],
  ['offers to copy', message('G', [0, 0, 0])],
  ['speaks something else', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['announces a message without end', Buffer.from([0x4e, 0x7f, 0xff, 0xff, 0xff])],
  ['announces a message of negative length', Buffer.from([0x4e, 0xff, 0xff, 0xff, 0xff])],
])('a server that %s is refused and never learns the password', async (_name, words) => {
  const heard: Buffer[] = []
  const impostor = await openImpostor(
    home.target,
    afterStartup((socket) => {
      socket.write(words)
      socket.on('data', (chunk) => {
        heard.push(chunk)
        socket.write(Buffer.concat([emptyAnswer, idle]))
      })
    }),
  )
  const { database } = home.openPool({}, impostor.target)
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
    detail: { reason: expect.stringContaining('refused: ') },
  })
  expect(Buffer.concat(heard).toString('latin1')).not.toContain(home.target.password())
})

test('a server that cannot prove that it knows the password is refused', async () => {
  const proxy = await openProxy(home.target)
  proxy.rewrite = (chunk) => {
    const at = chunk.indexOf('v=')
    if (at >= 0) chunk.write(chunk[at + 2] === 0x41 ? 'B' : 'A', at + 2)
    return chunk
  }
  const { database } = home.openPool({ connectMs: 500 }, proxy.target)
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
})

test('a server that speaks unasked is no longer used', async () => {
  const proxy = await openProxy(home.target)
  const { database, pool } = home.openPool({ max: 1 }, proxy.target)
  await database.reader.run(byId, { id: 1 })
  for (const client of proxy.clients()) client.write(message('C', Buffer.from('COMMIT\0')))
  await expect.poll(() => pool.stats().open).toBe(0)
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
})

test('an answer that breaks the protocol is not asked for again', async () => {
  const proxy = await openProxy(home.target)
  const { database } = home.openPool({ max: 1 }, proxy.target)
  await database.reader.run(byId, { id: 1 })
  let broken = 0
  proxy.rewrite = (chunk) => {
    if (!chunk.includes('wedding')) return chunk
    broken++
    return message('G', [0, 0, 0])
  }
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'DATABASE_ERROR' })
  expect(broken).toBe(1)
})

test('an answer beyond its bound ends the connection', async () => {
  const link = await Link.open(home.target, { connectMs: 2000, statementMs: 2000, maxBytes: 100_000 })
  expect(await link.run(`select repeat('x', 50000) as x`, [], 'objects')).toHaveLength(1)
  await expect(link.run(`select repeat('x', 100001) as x`, [], 'objects')).rejects.toThrow('the answer is too large')
  expect(link.dead).toBeDefined()
})
