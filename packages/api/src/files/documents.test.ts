import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
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
      await served.stranger().file(`public/invoice/${token}`),
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
    for (const route of [`public/invoice/${unknown}`, `public/quote/${token}`, `public/contract/${token}`])
      expect([route, (await served.stranger().file(route)).status]).toEqual([route, 404])
  },
)

async function issuedInvoice(owner: Browser) {
  const { id: accountId } = await owner.call('accounts.create', { name: 'Byron Ltd.' })
  const lines = [{ name: 'Booth', unitPriceMinor: 12_345 }]
  const draft = await owner.call('invoices.create', { accountId, currency: 'EUR', lines })
  const { id: invoiceId, number } = await owner.call('invoices.issue', { id: draft.id, version: draft.version })
  const { token } = await owner.call('invoices.link', { id: draft.id })
  return { invoiceId, number, token }
}
