import { open } from '@tenantry/credentials/seal'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { webhookPaths } from '@tenantry/contracts/webhook-events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { indexProcedures } from './procedure-index.ts'
import { restRoutes } from './rest/routes.ts'
import { appRouter } from './router.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

type Slug = 'alder' | 'birch' | 'cypress'
let served: ServedWorld<Slug>
const url = 'https://hooks.example.com/in/secret-path'

beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => served.close())

test.each(['alder', 'cypress'] as const)(
  'the secret of an endpoint of %s is shown once, kept sealed for its row alone, and rotated with the old one still valid',
  async (slug) => {
    const owner = await served.as(slug)
    const made = await owner.call('webhooks.create', { url, events: ['quote.accepted'] })
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
    const listed = await owner.ask('webhooks.list', undefined)
    expect(listed.text).not.toContain(made.secret)
    expect(listed.headers.get('cache-control')).toBe('private, no-store')
    const { tenants, keyring } = served.world
    const context = { tenantId: tenants[slug].id, rowId: made.id }
    const [first] = await rowsOf(made.id)
    expect(JSON.stringify(first)).not.toContain(made.secret)
    expect(open(keyring, first?.sealed ?? '', { ...context, column: 'webhook_secret' }).reveal()).toBe(made.secret)
    // In the place of another endpoint of the same company it does not open.
    const misplaced = { ...context, rowId: tenants[slug].id, column: 'webhook_secret' as const }
    expect(() => open(keyring, first?.sealed ?? '', misplaced)).toThrow(
      expect.objectContaining({ code: 'CREDENTIAL_TAMPERED' }) as Error,
    )

    const rotated = await owner.call('webhooks.rotateSecret', { id: made.id })
    expect(rotated.secret).not.toBe(made.secret)
    expect(rotated.previousSecretUntil).not.toBeNull()
    const [second] = await rowsOf(made.id)
    const previous = { ...context, column: 'webhook_previous_secret' as const }
    expect(open(keyring, second?.previous ?? '', previous).reveal()).toBe(made.secret)
    await owner.call('webhooks.remove', { id: made.id })
  },
)

test('the company’s database hears whether anybody listens, and the worker is told where to look', async () => {
  const owner = await served.as('birch')
  const made = await owner.call('webhooks.create', { url })
  expect(await listening('birch')).toBe(true)
  expect(await lookInto(served.world.appAdmin, 'select from app.webhook_due')).not.toEqual([])
  expect(await owner.call('webhooks.disable', { id: made.id })).toMatchObject({ disabledBecause: 'manager' })
  expect(await listening('birch')).toBe(false)
  expect((await owner.ask('webhooks.test', { id: made.id })).outcome).toBe('RULE_VIOLATED')
  await owner.call('webhooks.enable', { id: made.id })
  expect(await listening('birch')).toBe(true)
  const patch = { url: 'https://elsewhere.example.com/', events: ['account.created' as const] }
  expect(await owner.call('webhooks.patch', { id: made.id, patch })).toMatchObject(patch)
  const { id } = await owner.call('webhooks.test', { id: made.id })
  const { rows } = await owner.call('webhooks.deliveries', { id: made.id })
  expect(rows).toMatchObject([{ id, event: 'webhook.test', status: 'waiting', attempts: [] }])
  await owner.call('webhooks.remove', { id: made.id })
  expect(await listening('birch')).toBe(false)
  // The address may hold a token; the log says where news went, and no more.
  const { rows: entries } = await owner.call('audit.list', {})
  const about = entries.filter(({ action }) => action.startsWith('webhook.'))
  expect(about.map(({ action }) => action)).toEqual([
    'webhook.removed',
    'webhook.changed',
    'webhook.enabled',
    'webhook.disabled',
    'webhook.created',
  ])
  expect(JSON.stringify(about)).not.toContain('secret-path')
})

test('an endpoint of another company is found by nobody, in the same database or elsewhere, and keys manage none', async () => {
  const owner = await served.as('alder')
  const made = await owner.call('webhooks.create', { url })
  const { id: messageId } = await owner.call('webhooks.test', { id: made.id })
  for (const slug of ['birch', 'cypress'] as const) {
    const stranger = await served.as(slug)
    const { id } = made
    const answers = [
      await stranger.ask('webhooks.patch', { id, patch: { description: 'Mine' } }),
      await stranger.ask('webhooks.disable', { id }),
      await stranger.ask('webhooks.rotateSecret', { id }),
      await stranger.ask('webhooks.test', { id }),
      await stranger.ask('webhooks.deliveries', { id }),
      await stranger.ask('webhooks.remove', { id }),
      await stranger.ask('webhooks.redeliver', { id: messageId }),
    ]
    expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => 'NOT_FOUND'))
    expect(await stranger.call('webhooks.list', undefined)).toEqual([])
  }
  expect(await owner.call('webhooks.list', undefined)).toMatchObject([{ id: made.id, description: null }])
  await owner.call('webhooks.remove', { id: made.id })
})

test.each(['ftp://example.com', 'https://user:pass@example.com', 'nonsense', 'http://example.com'])(
  '%s is no address for an endpoint',
  async (address) => {
    const { outcome } = await (await served.as('alder')).ask('webhooks.create', { url: address })
    expect(outcome).toBe('BAD_INPUT')
  },
)

test('the path in a message is one by which the record is read', () => {
  const templates = new Set(
    restRoutes(indexProcedures(appRouter)).map(({ method, template }) => `${method} ${template}`),
  )
  for (const path of Object.values(webhookPaths)) expect(templates).toContain(`GET /${path}/{id}`)
})

function rowsOf(id: string) {
  return lookInto<{ sealed: string; previous: string | null }>(
    served.world.appAdmin,
    'select sealed_secret as sealed, sealed_previous_secret as previous from app.webhook_endpoints where id = $1',
    [id],
  )
}

async function listening(slug: Slug): Promise<boolean> {
  const { admin, tenantIdInDataSource } = served.world.tenants[slug]
  const text = 'select from crm.webhook_listening where tenant_id = $1'
  return (await lookInto(admin, text, [tenantIdInDataSource])).length > 0
}
