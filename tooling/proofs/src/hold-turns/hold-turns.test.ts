import { urlOf } from '@tenantry/connections/target'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import type { World } from '@tenantry/testing/world'
import { openWorker } from '@tenantry/worker'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callIn, createWorkerWorld } from '../worker-world.ts'

type Slug = 'alder' | 'cypress'
let world: World<Slug>
let appDatabaseUrl = ''

beforeAll(async () => {
  world = await createWorkerWorld()
  appDatabaseUrl = urlOf(world.appTarget)
})
afterAll(() => world.close())

test.each(['alder', 'cypress'] as const)(
  'a tentative event of %s whose time is over is a prospect again',
  async (slug) => {
    const event = await tentativeEvent(slug)
    await using worker = await startWorker()
    await expect.poll(() => statusOf(slug, event), { timeout: 40_000, interval: 200 }).toBe('prospect')
    expect(worker.log).toEqual([])
  },
)

test('a company whose database is away is taken calmly, keeps nobody waiting, and has its turn when it is back', async () => {
  const { cypress } = world.tenants
  const waiting = await tentativeEvent('cypress')
  const url = await addressOf(cypress.id)
  await pointTo(url.replace(/:[0-9]+\//, ':1/'))
  await using worker = await startWorker()
  await expect.poll(() => isComingBackTo(cypress.id), { timeout: 40_000, interval: 200 }).toBe(true)
  const served = await tentativeEvent('alder')
  await expect.poll(() => statusOf('alder', served), { timeout: 40_000, interval: 200 }).toBe('prospect')
  await pointTo(url)
  await expect.poll(() => statusOf('cypress', waiting), { timeout: 40_000, interval: 200 }).toBe('prospect')
  expect(worker.log).toEqual([])

  async function pointTo(url: string): Promise<void> {
    await lookInto(world.appAdmin, 'update app.tenants set data_source_url = $2 where id = $1', [cypress.id, url])
  }
})

/** A worker that comes back to a company after a second, and what it has had to warn of. */
async function startWorker() {
  const log: string[] = []
  const destination = new Writable({
    write(line: Buffer, _encoding, done) {
      log.push(line.toString())
      done()
    },
  })
  const { app, dataSources, keyring } = world
  const logger = openLogger({ level: 'warn', destination })
  const worker = await openWorker({ app, dataSources, keyring, pollMs: 200, sweepSeconds: 1, appDatabaseUrl, logger })
  return { log, [Symbol.asyncDispose]: () => worker.close() }
}

async function tentativeEvent(slug: Slug): Promise<string> {
  const { id: accountId } = await call<{ id: string }>(slug, 'accounts.create', { name: 'Byron Ltd.' })
  const wedding = { title: 'Byron wedding', eventType: 'wedding', timeZone: 'Europe/Berlin', accountId }
  const { id, version } = await call<{ id: string; version: number }>(slug, 'events.create', wedding)
  const holdExpiresAt = '2099-01-01T00:00:00Z'
  await call(slug, 'events.setStatus', { id, version, status: 'tentative', holdExpiresAt })
  // Nobody can ask for a time that is past, and nobody wants to wait for one.
  const past = `update crm.events set hold_expires_at = now() - interval '1 hour' where id = $1`
  await lookInto(world.tenants[slug].admin, past, [id])
  await lookInto(world.appAdmin, 'delete from app.holds_due where tenant_id = $1', [world.tenants[slug].id])
  return id
}

async function statusOf(slug: Slug, id: string): Promise<string> {
  return (await call<{ status: string }>(slug, 'events.byId', { id })).status
}

/** Not only when all companies are visited the next time. */
async function isComingBackTo(tenantId: string): Promise<boolean> {
  const soon = `select 1 from app.holds_due where tenant_id = $1 and due_at < now() + interval '1 minute'`
  return (await lookInto(world.appAdmin, soon, [tenantId])).length === 1
}

async function addressOf(tenantId: string): Promise<string> {
  const [row] = await lookInto(world.appAdmin, 'select data_source_url as url from app.tenants where id = $1', [
    tenantId,
  ])
  return String(row?.['url'])
}

function call<T>(slug: Slug, path: string, input: unknown): Promise<T> {
  return callIn(world, slug, path, input)
}
