import { urlOf } from '@tenantry/connections/target'
import type { Webhook, WebhookMessage } from '@tenantry/contracts/webhooks'
import type { Page } from '@tenantry/contracts/pages'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import { createWorld, type World } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { openWorker } from '@tenantry/worker'
import { parseNetworks } from '@tenantry/worker/networks'
import { tellWebhooks, webhookSteps } from '@tenantry/worker/tell-webhooks'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runProgram } from '../crash-matrix/run-program.ts'
import { callIn } from '../worker-world.ts'

type Slug = 'alder' | 'birch' | 'cypress'
interface Received {
  path: string
  id: string
  body: string
  headers: Record<string, string>
}

const program = fileURLToPath(new URL('../crash-matrix/programs/webhook-worker.ts', import.meta.url))
const logger = openLogger({ level: 'silent' })
const networks = parseNetworks('127.0.0.0/8')
let world: World<Slug>
let receiver: Server
let received: Received[] = []
/** What each path answers; anything else is told yes. */
let answers: Record<string, { status: number; text?: string; afterMs?: number } | 'silence'> = {}

beforeAll(async () => {
  world = await createWorld(mainServer(), {
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      const path = request.url ?? ''
      received.push({ path, id: headers['webhook-id'] ?? '', body, headers })
      const answer = answers[path] ?? { status: 204 }
      if (answer === 'silence') return
      setTimeout(() => response.writeHead(answer.status).end(answer.text), answer.afterMs ?? 0)
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await world.close()
})
beforeEach(() => {
  received = []
  answers = {}
})

test('a running worker tells each change within moments, signed, to whom it concerns and to nobody else', async () => {
  const alder = await endpoint('alder', '/alder')
  const some = await endpoint('alder', '/some', ['contact.created'])
  const cypress = await endpoint('cypress', '/cypress')
  {
    await using _worker = await working()
    await call('alder', 'accounts.create', { name: 'Byron Ltd.' })
    await call('birch', 'accounts.create', { name: 'Lovelace Ltd.' })
    await call('cypress', 'accounts.create', { name: 'Babbage Ltd.' })
    // With a sweep of an hour they come by the bell alone.
    await expect.poll(() => received.map(({ path }) => path).toSorted()).toEqual(['/alder', '/cypress'])
  }
  for (const { path, body, headers } of received) {
    const { secret } = path === '/alder' ? alder : cypress
    expect(new Verifier(secret).verify(body, headers)).toMatchObject({ type: 'account.created' })
    const stranger = path === '/alder' ? cypress.secret : alder.secret
    expect(() => new Verifier(stranger).verify(body, headers)).toThrow('No matching signature')
  }
  expect(received.map(({ body }) => body).join()).not.toMatch(/Byron|Babbage/)
  await removeAll([alder, some, cypress])
})

test('a worker that is closed in the middle of turns leaves no job behind, and no queue that waits for it', async () => {
  const [late, failing] = [await endpoint('alder', '/late'), await endpoint('cypress', '/failing')]
  answers = { '/late': { status: 204, afterMs: 300 }, '/failing': { status: 500, afterMs: 300 } }
  await call('alder', 'accounts.create', { name: 'Byron Ltd.' })
  await call('cypress', 'accounts.create', { name: 'Babbage Ltd.' })
  {
    await using _worker = await working()
    await expect.poll(() => received.length).toBe(2)
  }
  expect(await statusesOf(late)).toEqual(['delivered'])
  const locked = `select 1 from graphile_worker._private_job_queues where locked_by is not null
    union all select 1 from graphile_worker._private_jobs where locked_by is not null`
  expect(await lookInto(world.appAdmin, locked, [])).toEqual([])
  await removeAll([late, failing])
})

test.each([0, 1, 2, 3])(
  'a worker that is killed after its step %i loses no message, and tells one twice only under the same id',
  async (killAt) => {
    const mine = await endpoint('alder', '/killed')
    await call('alder', 'accounts.create', { name: 'Byron Ltd.' })
    const { user, database, host, port, password } = world.appTarget
    const app = { host, port, database, user, password: password(), tls: 'off' }
    const died = await runProgram(program, { app, keys: world.keys, tenantId: world.tenants.alder.id }, killAt)
    expect([died.signal, died.points]).toEqual(['SIGKILL', webhookSteps.slice(0, killAt + 1)])
    expect(received.length).toBe(killAt >= 2 ? 1 : 0)
    await expect.poll(async () => (await turn('alder'), statusesOf(mine)), { timeout: 15_000 }).toEqual(['delivered'])
    expect(new Set(received.map(({ id }) => id)).size).toBe(1)
    expect(received.length).toBe(killAt === 2 ? 2 : 1)
    await removeAll([mine])
  },
)

test('what fails is told again later, the log says why without a secret, and rotation signs with both', async () => {
  const mine = await endpoint('alder', '/failing')
  answers['/failing'] = { status: 500, text: `no: ${mine.secret}, Bearer abcdefghijkl` }
  await call('alder', 'accounts.create', { name: 'Byron Ltd.' })
  await turn('alder')
  const [failed] = (await deliveries(mine)).rows
  expect(failed).toMatchObject({ status: 'waiting', attempts: [{ number: 1, statusCode: 500, error: null }] })
  expect(failed?.attempts[0]?.answer).toBe('no: [secret], Bearer [secret]')
  // It rests: nothing is sent before its time.
  await turn('alder')
  expect(received.length).toBe(1)
  const [shown] = await call<Webhook[]>('alder', 'webhooks.list', undefined)
  expect(shown?.failingSince).not.toBeNull()

  const { secret } = await call<{ secret: string }>('alder', 'webhooks.rotateSecret', { id: mine.id })
  answers = {}
  await rested(mine)
  await call('alder', 'webhooks.redeliver', { id: failed?.id })
  await turn('alder')
  const [, again] = received
  expect(again?.id).toBe(failed?.id)
  for (const either of [secret, mine.secret]) new Verifier(either).verify(again?.body ?? '', again?.headers ?? {})
  expect(await statusesOf(mine)).toEqual(['delivered'])
  expect((await call<Webhook[]>('alder', 'webhooks.list', undefined))[0]?.failingSince).toBeNull()
  await removeAll([mine])
})

test('an endpoint that says it is gone, or has failed for days, is switched off, and the audit log says so', async () => {
  const gone = await endpoint('alder', '/gone')
  const failing = await endpoint('alder', '/down')
  answers = { '/gone': { status: 410 }, '/down': { status: 503 } }
  await call('alder', 'accounts.create', { name: 'Byron Ltd.' })
  await turn('alder')
  const text = `update app.webhook_endpoints set failing_since = now() - interval '6 days', rests_until = null where id = $1`
  await lookInto(world.appAdmin, text, [failing.id])
  await call('alder', 'webhooks.test', { id: failing.id })
  await turn('alder')
  const shown = await call<Webhook[]>('alder', 'webhooks.list', undefined)
  expect(shown.map(({ disabledBecause }) => disabledBecause)).toEqual(['gone', 'failing'])
  const { rows } = await call<Page<{ action: string; subject: string }>>('alder', 'audit.list', {})
  const off = rows.filter(({ action }) => action === 'webhook.disabled').map(({ subject }) => subject)
  expect(off.toSorted()).toEqual([gone.id, failing.id].toSorted())
  await removeAll([gone, failing])
})

test('one tenant whose endpoint never answers holds up nobody else', async () => {
  const silent = await endpoint('birch', '/silent')
  const mine = await endpoint('cypress', '/quick')
  answers['/silent'] = 'silence'
  for (let count = 0; count < 20; count++) await call('birch', 'accounts.create', { name: `Silent ${count}` })
  {
    // Whoever waited for the silent one would wait for longer than this test may take.
    await using _worker = await working({ timeoutMs: 120_000 })
    await expect.poll(() => received.filter(({ path }) => path === '/silent').length).toBe(4)
    await call('cypress', 'accounts.create', { name: 'Quick Ltd.' })
    await expect.poll(() => received.map(({ path }) => path)).toContain('/quick')
    receiver.closeAllConnections()
  }
  await removeAll([silent, mine])
})

test('of a suspended company nothing is told until it is resumed, and its messages lie with no other company', async () => {
  const mine = await endpoint('birch', '/birch')
  await call('birch', 'accounts.create', { name: 'Lovelace Ltd.' })
  await world.app.db.tenants.setStatus('tests', 'birch', 'suspended')
  await turn('birch')
  await turn('alder')
  expect(received).toEqual([])
  await world.app.db.tenants.setStatus('tests', 'birch', 'active')
  await turn('birch')
  expect(received.map(({ path }) => path)).toEqual(['/birch'])
  await removeAll([mine])
})

test('holds that are over are released by a running worker, in time for each, and who waits behind them is told of', async () => {
  const mine = await endpoint('cypress', '/holds', ['event.changed', 'event_date.changed'])
  await world.app.db.tenants.setStatus('tests', 'birch', 'suspended')
  await lookInto(world.appAdmin, 'delete from app.holds_due', [])
  const [over, soon] = [await held('cypress', '2026-01-01T00:00:00Z'), await held('cypress', inSeconds(3))]
  {
    await using _worker = await working()
    // With a sweep of an hour the second is released because the first visit has seen it.
    await expect.poll(() => standing('cypress', soon)).toEqual([['hold', 1]])
    expect(await standing('cypress', over)).toEqual([['hold', 1]])
    await expect.poll(() => received.map(({ path }) => path)).toContain('/holds')
  }
  const told = received.map(({ body }) => JSON.parse(body) as { data: { id: string } })
  expect(told.map(({ data }) => data.id)).toContain(over.behindId)
  const visited = await lookInto<{ id: string }>(world.appAdmin, 'select tenant_id as id from app.holds_due', [])
  expect(visited.map(({ id }) => id).toSorted()).toEqual(
    [tenantOf('alder').tenantId, tenantOf('cypress').tenantId].toSorted(),
  )
  await world.app.db.tenants.setStatus('tests', 'birch', 'active')
  await removeAll([mine])
})

test('an address of an inner network is named by a manager in vain', async () => {
  const mine = await endpoint('alder', '/inner')
  await call('alder', 'webhooks.test', { id: mine.id })
  await tellWebhooks({ ...needs(), posting: { networks: parseNetworks(undefined) } }, tenantOf('alder'), request)
  expect(received).toEqual([])
  const [{ attempts }] = (await deliveries(mine)).rows as [WebhookMessage]
  expect(attempts).toMatchObject([{ statusCode: null, error: 'ADDRESS_REFUSED', answer: null }])
  await removeAll([mine])
})

const request = { requestId: 'test' }

function needs() {
  const { app, dataSources, keyring } = world
  return { app, dataSources, keyring, logger, posting: { networks, timeoutMs: 5_000 }, leaseSeconds: 1 }
}

function tenantOf(slug: Slug) {
  return { tenantId: world.tenants[slug].id }
}

function turn(slug: Slug): Promise<void> {
  return tellWebhooks(needs(), tenantOf(slug), request)
}

function working(posting: { timeoutMs?: number } = {}) {
  const { posting: usual, ...others } = needs()
  const timing = { pollMs: 200, sweepSeconds: 3_600 }
  const appDatabaseUrl = urlOf(world.appTarget)
  return openWorker({ ...others, ...timing, posting: { ...usual, ...posting }, appDatabaseUrl })
}

type Made = Webhook & { secret: string; slug: Slug }

async function endpoint(slug: Slug, path: string, events: string[] | null = null): Promise<Made> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`
  return { ...(await call<Webhook & { secret: string }>(slug, 'webhooks.create', { url, events })), slug }
}

async function removeAll(made: Made[]): Promise<void> {
  for (const { slug, id } of made) await call(slug, 'webhooks.remove', { id })
  for (const slug of new Set(made.map((one) => one.slug))) await turn(slug)
}

function deliveries({ slug, id }: Made): Promise<Page<WebhookMessage>> {
  return call(slug, 'webhooks.deliveries', { id })
}

async function statusesOf(made: Made) {
  return (await deliveries(made)).rows.map(({ status }) => status)
}

function rested({ id }: Made) {
  return lookInto(world.appAdmin, 'update app.webhook_endpoints set rests_until = null where id = $1', [id])
}

interface Held {
  resourceId: string
  behindId: string
}

/** A tentative event that holds a resource until then, and another date that waits behind it. */
async function held(slug: Slug, holdExpiresAt: string): Promise<Held> {
  type Row = { id: string; version: number }
  const { id: accountId } = await call<Row>(slug, 'accounts.create', { name: 'Byron Ltd.' })
  const { id: resourceId } = await call<Row>(slug, 'resources.create', { name: 'Booth', kind: 'equipment' })
  const dated = async () => {
    const fields = { accountId, title: 'Party', eventType: 'party', timeZone: 'UTC' }
    const event = await call<Row>(slug, 'events.create', fields)
    const hours = { localDate: '2027-06-12', startTime: '18:00', endTime: '23:00', timeZone: 'UTC' }
    const date = await call<Row>(slug, 'eventDates.create', { eventId: event.id, ...hours })
    await call(slug, 'bookings.book', { resourceId, eventDateId: date.id })
    return { event, date }
  }
  const first = await dated()
  const behind = await dated()
  const { id, version } = first.event
  await call(slug, 'events.setStatus', { id, version, status: 'tentative', holdExpiresAt })
  return { resourceId, behindId: behind.date.id }
}

/** What holds the resource, as the rows say it. */
async function standing(slug: Slug, { resourceId }: Held) {
  const text = `select state, hold_rank from crm.resource_bookings where resource_id = $1 and state <> 'released'`
  const rows = await lookInto<{ state: string; hold_rank: number }>(world.tenants[slug].admin, text, [resourceId])
  return rows.map(({ state, hold_rank }) => [state, hold_rank])
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString()
}

function call<T>(slug: Slug, path: string, input: unknown): Promise<T> {
  return callIn(world, slug, path, input, { allowsPlainWebhooks: true })
}
