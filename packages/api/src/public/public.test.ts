import { signatureWordsOf } from '@tenantry/documents/signature-words'
import { lookInto } from '@tenantry/testing/look-into'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { serveWorld, type ServedWorld } from '../served-world.fixture.ts'
import { hashesOf } from './link-token.ts'

/** What signers of these companies agree to. */
const { consent: agreed } = signatureWordsOf('en-GB')

const slugs = ['alder', 'birch', 'cypress'] as const
type Slug = (typeof slugs)[number]
let served: ServedWorld<Slug>
let customer: Browser

beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
  for (const slug of slugs) await (await served.as(slug)).call('pipelines.create', pipelineInput())
  customer = served.stranger()
})
afterAll(() => served.close())

test.each(['alder', 'cypress'] as const)(
  'a customer of %s accepts, signs and pays without ever signing in',
  async (slug) => {
    const { token, quote } = await sentQuote(slug)
    const seen = await customer.call('public.seeQuote', { token })
    expect(seen).toMatchObject({ number: quote.number, status: 'viewed', company: { name: `Company ${slug}` } })
    const { quote: accepted, contractToken } = await customer.call('public.acceptQuote', { token, name: 'Ada Byron' })
    expect(accepted).toMatchObject({ status: 'accepted', acceptedName: 'Ada Byron' })

    const contract = await customer.call('public.contract', { token: contractToken ?? '' })
    expect(contract).toMatchObject({ status: 'sent', signer: { email: 'ada@example.com' } })
    const signed = await customer.call('public.signContract', {
      token: contractToken ?? '',
      signature: { kind: 'typed', value: 'Ada Byron', consent: agreed.typed },
      bodySha256: contract.bodySha256,
    })
    expect(signed.contract).toMatchObject({ status: 'completed' })

    const payment = { token: signed.invoiceToken ?? '', source: 'test_card', idempotencyKey: 'first-attempt' }
    const paid = await customer.call('public.payInvoice', payment)
    expect(paid).toMatchObject({ status: 'succeeded', invoice: { kind: 'deposit', state: 'paid', balanceMinor: 0 } })
    expect(await customer.call('public.payInvoice', payment)).toEqual(paid)

    const owner = await served.as(slug, 'read_only')
    const { rows } = await owner.call('payments.list', { filters: {} })
    expect(rows).toMatchObject([
      { provider: 'test', method: 'card', createdByName: null, amountMinor: paid.amountMinor },
    ])
    const { rows: lines } = await owner.call('quotes.timeline', { id: quote.id })
    expect(lines.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ['converted', 'system'],
      ['linked', 'system'],
      ['accepted', 'system'],
      ['viewed', 'system'],
      ['sent', 'user'],
      ['created', 'user'],
    ])
  },
)

test('whoever comes back to a document finds the way to the next one, and by the newest link only', async () => {
  const { token } = await sentQuote('alder')
  expect(await customer.call('public.openContract', { token })).toEqual({ contractToken: null })
  const { contractToken: first } = await customer.call('public.acceptQuote', { token, name: 'Ada' })
  const { contractToken: second } = await customer.call('public.openContract', { token })
  expect((await customer.ask('public.contract', { token: first ?? '' })).outcome).toBe('LINK_NOT_VALID')
  const contract = await customer.call('public.contract', { token: second ?? '' })
  expect(await customer.call('public.openInvoice', { token: second ?? '' })).toEqual({ invoiceToken: null })
  await customer.call('public.signContract', {
    token: second ?? '',
    signature: { kind: 'typed', value: 'Ada', consent: agreed.typed },
    bodySha256: contract.bodySha256,
  })
  const { invoiceToken } = await customer.call('public.openInvoice', { token: second ?? '' })
  const due = { token: invoiceToken ?? '' }
  expect(await customer.call('public.invoice', due)).toMatchObject({ kind: 'deposit', paysWith: 'test' })
  await customer.call('public.payInvoice', { ...due, source: 'test_card', idempotencyKey: 'first-attempt' })
  // The deposit is paid: what is due next is the rest.
  const rest = await customer.call('public.openInvoice', { token: second ?? '' })
  expect(await customer.call('public.invoice', { token: rest.invoiceToken ?? '' })).toMatchObject({ kind: 'invoice' })
})

test('a quote that is passed on opens no contract that somebody else signs, nor one that several sign', async () => {
  const { token, quote } = await sentQuote('birch')
  const { contractToken } = await customer.call('public.acceptQuote', { token, name: 'Ada' })
  expect(contractToken).not.toBeNull()
  const owner = await served.as('birch')
  const { rows } = await owner.call('contracts.list', { filters: { quoteId: quote.id } })
  const [first] = rows
  await owner.call('contracts.void', {
    id: first?.id ?? '',
    version: first?.version ?? 0,
    reason: 'Their director signs.',
  })
  const director = { name: 'Charles', email: 'charles@example.com', role: 'client', signOrder: 1 }
  const addressee = {
    name: 'Byron',
    email: 'ADA@example.com',
    contactId: quote.contactId,
    role: 'client',
    signOrder: 2,
  }
  const asSent = async (signers: (typeof director)[]) => {
    const again = {
      accountId: quote.accountId,
      quoteId: quote.id,
      title: 'Again',
      bodyHtml: '<p>All of it.</p>',
      signers,
    }
    const { id, version } = await owner.call('contracts.create', again)
    return owner.call('contracts.send', { id, version })
  }
  const theirs = await asSent([director])
  expect(await customer.call('public.openContract', { token })).toEqual({ contractToken: null })
  const { id: id1, version } = theirs.contract
  await owner.call('contracts.void', { id: id1, version, reason: 'Both sign.' })
  const both = await asSent([director, addressee])
  expect(await customer.call('public.openContract', { token })).toEqual({ contractToken: null })
  for (const sent of [...theirs.links, ...both.links])
    expect((await customer.ask('public.contract', { token: sent.token })).outcome).toBe('ok')
})

test('a customer sees that what they have accepted was withdrawn, and not why, and nothing of it can be signed any more', async () => {
  const { token, quote } = await sentQuote('birch')
  const { contractToken } = await customer.call('public.acceptQuote', { token, name: 'Ada' })
  const owner = await served.as('birch')
  const { id, version } = await owner.call('quotes.byId', { id: quote.id })
  const reason = 'They never pay'
  const { contracts } = await owner.call('quotes.withdraw', { id, version, reason })
  expect(contracts).toMatchObject([{ status: 'voided', voidedReason: reason }])
  const seen = await customer.ask('public.quote', { token })
  expect(seen.text).toContain('"withdrawn"')
  expect(seen.text).not.toContain(reason)
  expect(await customer.call('public.openContract', { token })).toEqual({ contractToken: null })
  const { bodySha256, status } = await customer.call('public.contract', { token: contractToken ?? '' })
  expect(status).toBe('voided')
  const signature = { kind: 'typed', value: 'Ada', consent: agreed.typed } as const
  const answers = [
    await customer.ask('public.signContract', { token: contractToken ?? '', signature, bodySha256 }),
    await customer.ask('public.acceptQuote', { token, name: 'Ada' }),
  ]
  for (const { outcome } of answers) expect(outcome).toBe('RULE_VIOLATED')
})

test('whoever opens the next document from the one before does not end the link that was sent', async () => {
  const { token, quote } = await sentQuote('cypress')
  const { contractToken } = await customer.call('public.acceptQuote', { token, name: 'Ada' })
  const owner = await served.as('cypress')
  const { rows } = await owner.call('contracts.list', { filters: { quoteId: quote.id } })
  const { contract, links } = await owner.call('contracts.send', {
    id: rows[0]?.id ?? '',
    version: rows[0]?.version ?? 0,
  })
  // A link that is sent anew replaces whatever led there.
  expect((await customer.ask('public.contract', { token: contractToken ?? '' })).outcome).toBe('LINK_NOT_VALID')
  const sent = links[0]?.token ?? ''
  const { contractToken: opened } = await customer.call('public.openContract', { token })
  for (const way of [sent, opened ?? ''])
    expect((await customer.ask('public.contract', { token: way })).outcome).toBe('ok')
  const signature = { kind: 'typed', value: 'Ada', consent: agreed.typed } as const
  const { bodySha256 } = await customer.call('public.contract', { token: sent })
  await customer.call('public.signContract', { token: sent, signature, bodySha256 })
  const { rows: due } = await owner.call('invoices.list', {
    filters: { quoteId: quote.id },
    sort: 'dueOn',
    order: 'asc',
  })
  const mailed = await owner.call('invoices.link', { id: due[0]?.id ?? '' })
  await customer.call('public.openInvoice', { token: opened ?? '' })
  expect((await customer.ask('public.invoice', { token: mailed.token })).outcome).toBe('ok')
  expect(contract.status).toBe('sent')
})

test('what the public sees of a document holds no id of anything', async () => {
  const { token } = await sentQuote('alder')
  const { contractToken } = await customer.call('public.acceptQuote', { token, name: 'Ada' })
  const answers = [
    await customer.ask('public.quote', { token }),
    await customer.ask('public.contract', { token: contractToken ?? '' }),
  ]
  for (const { text, headers } of answers) {
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
    expect(headers.get('cache-control')).toBe('private, no-store')
  }
})

test('a token opens the document it was made for, of the company it was made by, and nothing else, with one answer to all else', async () => {
  const { token, quote } = await sentQuote('alder')
  const others = await sentQuote('birch')
  expect((await customer.call('public.quote', { token })).number).toBe(quote.number)
  const unknown = randomBytes(32).toString('base64url')
  const answers = [
    await customer.ask('public.quote', { token: unknown }),
    await customer.ask('public.acceptQuote', { token: unknown, name: 'Eve' }),
    // Of another kind of document.
    await customer.ask('public.contract', { token }),
    await customer.ask('public.invoice', { token }),
    await customer.ask('public.payInvoice', { token, source: 'x', idempotencyKey: 'first-attempt' }),
  ]
  for (const { status, outcome } of answers) expect([status, outcome]).toEqual([404, 'LINK_NOT_VALID'])
  expect((await customer.ask('public.quote', { token: 'short' })).outcome).toBe('BAD_INPUT')
  // Being signed in somewhere else neither helps nor harms.
  expect(await (await served.as('cypress')).call('public.quote', { token: others.token })).toMatchObject({
    company: { name: 'Company birch' },
  })
})

test('when the application database is told another company for a link, that company’s database does not know it', async () => {
  const { token } = await sentQuote('alder')
  for (const slug of ['birch', 'cypress'] as const) {
    await pointAt(token, served.world.tenants[slug].id)
    const answers = [
      await customer.ask('public.quote', { token }),
      await customer.ask('public.acceptQuote', { token, name: 'Eve' }),
    ]
    for (const { outcome } of answers) expect(outcome).toBe('LINK_NOT_VALID')
  }
  await pointAt(token, served.world.tenants.alder.id)
  expect((await customer.ask('public.quote', { token })).outcome).toBe('ok')
})

test('neither database holds a token, nor the hash by which the other knows it', async () => {
  const { token, quote } = await sentQuote('alder')
  const { applicationHash, tenantHash } = hashesOf(token)
  const [link] = await lookInto<{ hash: Buffer }>(
    served.world.appAdmin,
    `select token_hash as hash from app.public_links order by created_at desc limit 1`,
  )
  const [row] = await lookInto<{ hash: Buffer }>(
    served.world.tenants.alder.admin,
    `select public_token_hash as hash from crm.quotes where id = $1`,
    [quote.id],
  )
  expect(asHex(link?.hash)).toBe(Buffer.from(applicationHash).toString('hex'))
  expect(asHex(row?.hash)).toBe(Buffer.from(tenantHash).toString('hex'))
  expect(asHex(link?.hash)).not.toBe(asHex(row?.hash))
})

test('a link lasts as long as its document can be answered, however far away that is', async () => {
  const owner = await served.as('birch')
  const { accountId } = await customerOf(owner)
  const [{ day } = { day: '' }] = await lookInto<{ day: string }>(
    served.world.appAdmin,
    `select (now() + interval '700 days')::date::text as day`,
  )
  const draft = await owner.call('quotes.create', {
    accountId,
    currency: 'EUR',
    validUntil: day,
    lines: [{ name: 'Booth', unitPriceMinor: 100_000 }],
  })
  const { token } = await owner.call('quotes.send', { id: draft.id, version: draft.version })
  const hash = `\\x${Buffer.from(hashesOf(token).applicationHash).toString('hex')}`
  const [link] = await lookInto<{ days: number }>(
    served.world.appAdmin,
    `select round(extract(epoch from expires_at - now()) / 86400)::int as days from app.public_links where token_hash = $1`,
    [hash],
  )
  expect(link?.days).toBeGreaterThanOrEqual(729)
})

test('a link is over when its time is, when a newer one was made, and when the company is closed', async () => {
  const { token, quote } = await sentQuote('cypress')
  const owner = await served.as('cypress')
  const again = await owner.call('quotes.send', { id: quote.id, version: quote.version })
  expect((await customer.ask('public.quote', { token })).outcome).toBe('LINK_NOT_VALID')
  expect((await customer.ask('public.quote', { token: again.token })).outcome).toBe('ok')
  const { appAdmin, app } = served.world
  await lookInto(appAdmin, `update app.public_links set expires_at = now() where token_hash = $1`, [
    `\\x${Buffer.from(hashesOf(again.token).applicationHash).toString('hex')}`,
  ])
  expect((await customer.ask('public.quote', { token: again.token })).outcome).toBe('LINK_NOT_VALID')

  const last = await sentQuote('cypress')
  await app.db.tenants.setStatus('tests', 'cypress', 'suspended')
  expect((await customer.ask('public.quote', { token: last.token })).outcome).toBe('ok')
  expect((await customer.ask('public.acceptQuote', { token: last.token, name: 'Ada' })).outcome).toBe(
    'TENANT_SUSPENDED',
  )
  await app.db.tenants.setStatus('tests', 'cypress', 'archived')
  expect((await customer.ask('public.quote', { token: last.token })).outcome).toBe('LINK_NOT_VALID')
  await app.db.tenants.setStatus('tests', 'cypress', 'active')
})

test('two customers who accept at the same moment make one contract, and the other is told', async () => {
  const { token } = await sentQuote('birch')
  const answers = await Promise.all([1, 2, 3, 4].map(() => customer.ask('public.acceptQuote', { token, name: 'Ada' })))
  expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual([
    'RULE_VIOLATED',
    'RULE_VIOLATED',
    'RULE_VIOLATED',
    'ok',
  ])
})

test('a payment that the provider declines, delays or does not answer takes nothing twice', async () => {
  const token = await dueInvoice('alder', 10_000)
  const pay = (source: string, idempotencyKey: string) =>
    customer.ask('public.payInvoice', { token, source, idempotencyKey })
  expect((await pay('test_declined', 'attempt-1')).data).toMatchObject({
    status: 'failed',
    invoice: { balanceMinor: 10_000 },
  })
  expect((await pay('test_down', 'attempt-2')).outcome).toBe('PAYMENT_PROVIDER_FAILED')
  // The payment under way keeps its part, so that nobody pays it a second time meanwhile.
  expect((await pay('test_card', 'attempt-3')).outcome).toBe('RULE_VIOLATED')
  expect((await pay('test_card', 'attempt-2')).data).toMatchObject({
    status: 'succeeded',
    invoice: { balanceMinor: 0 },
  })
  expect((await pay('test_card', 'attempt-4')).outcome).toBe('RULE_VIOLATED')

  const slow = await dueInvoice('alder', 5_000)
  const again = { token: slow, source: 'test_slow', idempotencyKey: 'attempt-1' }
  expect(await customer.call('public.payInvoice', again)).toMatchObject({ status: 'pending' })
  expect(await customer.call('public.payInvoice', again)).toMatchObject({
    status: 'succeeded',
    invoice: { state: 'paid' },
  })
})

test('many clicks on «pay» with one key are one payment', async () => {
  const token = await dueInvoice('cypress', 7_000)
  const once = { token, source: 'test_card', idempotencyKey: 'one-click' }
  const answers = await Promise.all([1, 2, 3, 4].map(() => customer.ask('public.payInvoice', once)))
  expect(answers.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok', 'ok'])
  expect(await customer.call('public.invoice', { token })).toMatchObject({ paidMinor: 7_000, state: 'paid' })
})

async function customerOf(owner: Browser) {
  const { id: accountId } = await owner.call('accounts.create', { name: 'Byron Ltd.' })
  const points = [{ kind: 'email', value: 'ada@example.com', isPrimary: true }] as const
  const { id: contactId } = await owner.call('contacts.create', { lastName: 'Byron', points: [...points] })
  return { accountId, contactId }
}

async function sentQuote(slug: Slug) {
  const owner = await served.as(slug, 'member')
  const { accountId, contactId } = await customerOf(owner)
  const opportunity = await owner.call('opportunities.create', { name: 'A wedding', currency: 'EUR', accountId })
  const draft = await owner.call('quotes.create', {
    accountId,
    contactId,
    opportunityId: opportunity.id,
    currency: 'EUR',
    depositPpm: 300_000,
    lines: [{ name: 'Booth', unitPriceMinor: 100_000, taxPpm: 190_000 }],
  })
  return owner.call('quotes.send', { id: draft.id, version: draft.version })
}

async function dueInvoice(slug: Slug, unitPriceMinor: number): Promise<string> {
  const owner = await served.as(slug)
  const { accountId } = await customerOf(owner)
  const draft = await owner.call('invoices.create', {
    accountId,
    currency: 'EUR',
    lines: [{ name: 'Booth', unitPriceMinor }],
  })
  await owner.call('invoices.issue', { id: draft.id, version: draft.version })
  return (await owner.call('invoices.link', { id: draft.id })).token
}

/** What a mistake in the application database would look like. */
function pointAt(token: string, tenantId: string) {
  const hash = `\\x${Buffer.from(hashesOf(token).applicationHash).toString('hex')}`
  return lookInto(served.world.appAdmin, 'update app.public_links set tenant_id = $1 where token_hash = $2', [
    tenantId,
    hash,
  ])
}

function asHex(hash: Buffer | undefined): string {
  return Buffer.from(hash ?? []).toString('hex')
}
