import { renderDocument } from '@tenantry/documents'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { hashesOf } from '../public/link-token.ts'
import { serveWorld, type ServedWorld } from '../served-world.fixture.ts'

type Slug = 'alder' | 'cypress'
let served: ServedWorld<Slug>
beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => served.close())

test.each(['alder', 'cypress'] as const)(
  'staff of %s and whoever has the link get the document as a file, and nobody of another company does',
  async (slug) => {
    const owner = await served.as(slug)
    const { invoiceId, token, number } = await issuedInvoice(owner)
    const answers = [
      await (await served.as(slug, 'read_only')).file(`invoices/${invoiceId}`),
      await linked('invoice', token),
    ]
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
      expect(answer.headers.get('content-disposition')).toContain(`attachment; filename="invoice-${number}.pdf"`)
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
      expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    }
    const other = await served.as(slug === 'alder' ? 'cypress' : 'alder')
    expect((await other.file(`invoices/${invoiceId}`)).status).toBe(404)
    expect((await served.stranger().file(`invoices/${invoiceId}`)).status).toBe(401)
    const unknown = randomBytes(32).toString('base64url')
    for (const answer of [
      await linked('invoice', unknown),
      await linked('quote', token),
      await linked('contract', token),
    ])
      expect([answer.status, await codeIn(answer)]).toEqual([404, 'LINK_NOT_VALID'])
  },
)

test('no address takes a token, which would stand in logs', async () => {
  const { token } = await issuedInvoice(await served.as('alder'))
  const customer = served.stranger()
  expect(await codeIn(await customer.file(`public/invoice/${token}`))).toBe('PROCEDURE_NOT_FOUND')
  expect(await codeIn(await customer.file(`public/invoice?token=${token}`))).toBe('METHOD_NOT_ALLOWED')
  expect(await codeIn(await post(`public/invoice?token=${token}`, {}))).toBe('BAD_INPUT')
  const input = encodeURIComponent(JSON.stringify({ token }))
  expect((await customer.send(`public.invoice?input=${input}`)).outcome).toBe('METHOD_NOT_ALLOWED')
  expect(served.logged.join('')).not.toContain(token)
})

test('the PDF of one link is drawn twenty times in a minute, whatever becomes of the next one', async () => {
  const owner = await served.as('alder')
  const [often, other] = [await issuedInvoice(owner), await issuedInvoice(owner)]
  const keyOf = (token: string) => `drawing:${Buffer.from(hashesOf(token).applicationHash).toString('base64url')}`
  const look = (text: string, values: unknown[]) => lookInto(served.world.appAdmin, text, values)
  await look(`insert into app.sign_in_throttle values ($1, 20, now() + interval '1 minute')`, [keyOf(often.token)])
  const refused = await linked('invoice', often.token)
  expect([refused.status, await codeIn(refused)]).toEqual([429, 'TOO_MANY_REQUESTS'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30)
  expect((await linked('invoice', other.token)).status).toBe(200)
  const counted = await look('select failures from app.sign_in_throttle where key = $1', [keyOf(other.token)])
  expect(counted).toEqual([{ failures: 1 }])
  // What is only looked at is not drawn.
  expect((await served.stranger().ask('public.invoice', { token: often.token })).outcome).toBe('ok')
})

test('while customers have many documents drawn, one more waits its turn outside, and people of the company do not', async () => {
  const { token, invoiceId } = await issuedInvoice(await served.as('cypress'))
  const document = await served.stranger().call('public.invoice', { token })
  let isOver = false
  // One that cannot be drawn takes a place as well, and no time.
  const broken = { ...document, currency: 'not a currency' }
  const drawOn = async () => {
    while (!isOver) await renderDocument({ kind: 'invoice', document: broken }, 'public').catch(() => undefined)
  }
  const drawn = Array.from({ length: 4 }, drawOn)
  const refused = await linked('invoice', token)
  expect([refused.status, await codeIn(refused)]).toEqual([503, 'DOCUMENTS_BUSY'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await (await served.as('cypress')).file(`invoices/${invoiceId}`)).status).toBe(200)
  isOver = true
  await Promise.all(drawn)
})

function linked(kind: 'quote' | 'contract' | 'invoice', token: string): Promise<Response> {
  return post(`public/${kind}`, { token })
}

function post(route: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return served.stranger().file(route, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function codeIn(answer: Response): Promise<string> {
  return ((await answer.json()) as { error: { data: { code: string } } }).error.data.code
}

async function issuedInvoice(owner: Browser) {
  const { id: accountId } = await owner.call('accounts.create', { name: 'Byron Ltd.' })
  const lines = [{ name: 'Booth', unitPriceMinor: 12_345 }]
  const draft = await owner.call('invoices.create', { accountId, currency: 'EUR', lines })
  const { id: invoiceId, number } = await owner.call('invoices.issue', { id: draft.id, version: draft.version })
  const { token } = await owner.call('invoices.link', { id: draft.id })
  return { invoiceId, number, token }
}
