import { openRuntime, type Runtime } from '@tenantry/api/runtime'
import { urlOf } from '@tenantry/connections/target'
import type { Payment } from '@tenantry/contracts/payments'
import { TestPaymentProvider } from '@tenantry/crm/test-payment-provider'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import type { World } from '@tenantry/testing/world'
import { openWorker } from '@tenantry/worker'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callIn, createWorkerWorld } from '../worker-world.ts'

type Slug = 'alder' | 'cypress'
const logger = openLogger({ level: 'silent' })
const provider = new TestPaymentProvider()
let world: World<Slug>
let runtime: Runtime
let appDatabaseUrl = ''

beforeAll(async () => {
  world = await createWorkerWorld()
  appDatabaseUrl = urlOf(world.appTarget)
  runtime = openRuntime({
    appDatabaseUrl,
    keys: world.keys,
    sessionSecret: 'a secret of at least thirty-two characters',
    origin: 'https://crm.example.com',
    trustedProxyHops: 0,
    paymentProvider: provider,
    logLevel: 'silent',
  })
  // Makes the queue.
  await working(async () => {})
})
afterAll(async () => {
  await runtime.close()
  await world.close()
})

test.each(['alder', 'cypress'] as const)(
  'what a customer of %s leaves pending a worker settles, and the company is not looked at any more',
  async (slug) => {
    const { invoiceId, token } = await dueInvoice(slug)
    const customer = runtime.callerFor({ cookieHeader: undefined })
    const attempt = { token, source: 'test_lost', idempotencyKey: randomUUID() }
    await expect(customer.public.payInvoice(attempt)).rejects.toMatchObject({
      cause: { code: 'PAYMENT_PROVIDER_FAILED' },
    })
    expect(await dueOf(slug)).toHaveLength(1)
    const paid = async () => (await paymentsOf(slug, invoiceId)).map(({ status }) => status).join()
    expect(await paid()).toBe('pending')
    await working(async () => {
      await expect.poll(paid, { timeout: 40_000, interval: 200 }).toBe('succeeded')
      await expect.poll(() => dueOf(slug), { timeout: 40_000, interval: 200 }).toEqual([])
    })
    expect(await customer.public.payInvoice(attempt)).toMatchObject({ status: 'succeeded', invoice: { state: 'paid' } })
  },
)

test('a company is looked at until nothing is pending and none was begun lately, and not while it is suspended', async () => {
  const { id, people } = world.tenants.alder
  const session = await world.startSession(people.owner)
  const { jobs, db } = world.app
  await db.paymentsDue.expect(await world.grantOf(session))
  await db.paymentsDue.expect(await world.grantOf(session))
  const lately = { pendingSeconds: 3_600 }
  const atOnce = { pendingSeconds: 0 }
  expect(await jobs.collectPayments(lately)).toBe(0)
  expect(await jobs.collectPayments(atOnce)).toBe(1)
  await jobs.paymentsSettled(id, lately)
  expect(await dueOf('alder')).toHaveLength(1)
  await db.tenants.setStatus('tests', 'alder', 'suspended')
  expect(await jobs.collectPayments(atOnce)).toBe(0)
  await db.tenants.setStatus('tests', 'alder', 'active')
  await jobs.paymentsSettled(world.tenants.cypress.id, atOnce)
  expect(await dueOf('alder')).toHaveLength(1)
  await jobs.paymentsSettled(id, atOnce)
  expect(await dueOf('alder')).toEqual([])
})

/** While a worker runs that waits for nobody longer than a second. */
async function working(work: () => Promise<void>): Promise<void> {
  const { app, dataSources, keyring } = world
  const payments = { provider, pendingSeconds: 1 }
  await using _worker = await openWorker({ app, dataSources, keyring, payments, pollMs: 200, appDatabaseUrl, logger })
  await work()
}

function dueOf(slug: Slug) {
  return lookInto(world.appAdmin, 'select since from app.payments_due where tenant_id = $1', [world.tenants[slug].id])
}

async function paymentsOf(slug: Slug, invoiceId: string): Promise<Payment[]> {
  return (await call<{ rows: Payment[] }>(slug, 'payments.list', { filters: { invoiceId } })).rows
}

async function dueInvoice(slug: Slug): Promise<{ invoiceId: string; token: string }> {
  const { id: accountId } = await call<{ id: string }>(slug, 'accounts.create', { name: 'Byron Ltd.' })
  const lines = [{ name: 'Booth', unitPriceMinor: 12_345 }]
  const draft = await call<Version>(slug, 'invoices.create', { accountId, currency: 'EUR', lines })
  const { id: invoiceId } = await call<Version>(slug, 'invoices.issue', { id: draft.id, version: draft.version })
  const { token } = await call<{ token: string }>(slug, 'invoices.link', { id: invoiceId })
  return { invoiceId, token }
}

interface Version {
  id: string
  version: number
}

function call<T>(slug: Slug, path: string, input: unknown): Promise<T> {
  return callIn(world, slug, path, input)
}
