import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { createHmac, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request, type ClientRequest } from 'node:http'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { origin, serveWorld, type ServedWorld } from '../served-world.fixture.ts'

type Slug = 'alder' | 'birch' | 'cypress'
interface Place {
  id: string
  url: string
  secret: string | null
}
let served: ServedWorld<Slug>
const number = '+491701234567'

beforeAll(async () => {
  served = await serveWorld(
    {
      alder: { server: mainServer(), database: 'grove' },
      birch: { server: mainServer(), database: 'grove' },
      cypress: { server: elsewhereServer() },
    },
    { maxInboundBytes },
  )
})
afterAll(() => served.close())

const maxInboundBytes = 1_048_576

test('a text message from a number that two companies know reaches the one at whose address it came in, and no other', async () => {
  const [alder, birch, cypress] = [await served.as('alder'), await served.as('birch'), await served.as('cypress')]
  const contacts: string[] = []
  for (const owner of [alder, birch, cypress]) contacts.push(await contactWith(owner, 'phone', number))
  const place = await smsPlace(birch)
  const answer = await deliver(place, { from: number, to: '+4930123456', text: 'Is Saturday free?' })
  expect([answer.status, await answer.json()]).toEqual([200, { received: true }])
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  const [message, ...more] = await messagesOf(birch)
  expect(more).toEqual([])
  expect(message).toMatchObject({ channel: 'sms', direction: 'inbound', status: 'received' })
  expect(message?.links.map(({ entity, id }) => [entity, id])).toEqual([['contact', contacts[1]]])
  expect(message?.bodyText).toBe(`From: ${number}\nTo: +4930123456\n\nIs Saturday free?`)
  expect([await messagesOf(alder), await messagesOf(cypress)]).toEqual([[], []])
})

test('a delivery is one message, however often it comes, and from somebody unknown it is kept without links', async () => {
  const owner = await served.as('cypress')
  const place = await smsPlace(owner)
  const signed = signedBy(place, JSON.stringify({ from: '+15550001111', to: '+15550002222', text: 'Hello' }))
  const answers = await Promise.all([1, 2, 3, 4].map(() => send(place.url, signed)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const [message, ...more] = await messagesOf(owner)
  expect(more).toEqual([])
  expect(message?.links).toEqual([])
})

test('what is not signed for exactly this address is refused like an address that does not exist', async () => {
  const [owner, other] = [await served.as('alder'), await served.as('birch')]
  const [place, foreign] = [await smsPlace(owner), await smsPlace(other)]
  const body = JSON.stringify({ from: number, to: number, text: 'Eve' })
  const good = signedBy(place, body)
  const old = signedBy(place, body, new Date(Date.now() - 10 * 60_000))
  const early = signedBy(place, body, new Date(Date.now() + 10 * 60_000))
  const unknown = place.url.replace(/[^/]+$/, 'AAAAAAAAAAAAAAAAAAAAAAAA')
  const attempts = [
    send(unknown, good),
    send('/api/inbound/fax/AAAAAAAAAAAAAAAAAAAAAAAA', good),
    send('/api/inbound/sms/', good),
    // Of another kind, and of another company.
    send(place.url.replace('/sms/', '/mail/'), good),
    send(foreign.url, good),
    send(place.url, { ...good, body: body.replace('Eve', 'Bob') }),
    send(place.url, { ...good, headers: { ...good.headers, 'webhook-id': 'another' } }),
    send(place.url, { body, headers: {} }),
    send(place.url, old),
    send(place.url, early),
  ]
  const answers = await Promise.all(attempts.map(async (sending) => told(await sending)))
  for (const answer of answers) expect(answer).toEqual({ status: 401, code: 'INBOUND_REFUSED' })
  expect((await messagesOf(owner)).length + (await messagesOf(other)).length).toBe(1)
  expect(await told(await fetch(addressOf(place.url)))).toEqual({ status: 405, code: 'METHOD_NOT_ALLOWED' })
  const huge = signedBy(place, 'x'.repeat(maxInboundBytes + 1))
  expect(await told(await send(place.url, huge))).toEqual({ status: 413, code: 'REQUEST_TOO_LARGE' })
  const wrong = signedBy(place, JSON.stringify({ from: 'nobody', text: 1 }))
  expect(await told(await send(place.url, wrong))).toEqual({ status: 400, code: 'BAD_INPUT' })
})

test('a mail that answers one of ours goes to what that was about, and an id of another company’s mail to nothing', async () => {
  const [owner, other] = [await served.as('alder'), await served.as('cypress')]
  const mail = await mailedInvoice(owner)
  const place = await owner.call('inboundAddresses.create', {
    kind: 'mail',
    provider: 'standard',
    address: 'office@alder.example',
  })
  const foreign = await other.call('inboundAddresses.create', {
    kind: 'mail',
    provider: 'standard',
    address: 'office@cypress.example',
  })
  const contactId = await contactWith(owner, 'email', 'ada@example.com')
  const said = {
    from: 'Ada@example.com',
    to: 'office@alder.example',
    subject: 'Re: Invoice',
    text: 'Thank you.',
    inReplyTo: `<${mail.id}@crm.example.test>`,
  }
  for (const at of [place, foreign]) expect((await deliver(at, said)).status).toBe(200)
  const [reply] = await messagesOf(owner)
  expect(reply).toMatchObject({ channel: 'email', subject: 'Re: Invoice', threadKey: mail.communicationId })
  expect(reply?.links.map(({ entity }) => entity).toSorted()).toEqual(['account', 'contact', 'invoice'])
  expect(reply?.links.map(({ id }) => id)).toContain(contactId)
  expect((await messagesOf(other))[0]).toMatchObject({ subject: 'Re: Invoice', threadKey: null, links: [] })
})

test('Twilio’s own signature is taken, of the address and every field, and its message comes once', async () => {
  const owner = await served.as('birch')
  const secret = 'a token of twilio, as its console shows it'
  const place = await owner.call('inboundAddresses.create', {
    kind: 'sms',
    provider: 'twilio',
    address: '+4930999',
    secret,
  } as never)
  expect(place.secret).toBeNull()
  const fields = { MessageSid: `SM${randomUUID().replaceAll('-', '')}`, From: number, To: '+4930999', Body: 'Größe? ' }
  const before = (await messagesOf(owner)).length
  const form = twilioForm(place.url, secret, fields)
  const { headers } = form
  for (let again = 0; again < 2; again++) {
    const answer = await send(place.url, form)
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/xml',
      '<Response></Response>',
    ])
  }
  expect((await messagesOf(owner)).length).toBe(before + 1)
  const changed = { headers, body: new URLSearchParams({ ...fields, Body: 'Send money' }).toString() }
  expect(await told(await send(place.url, changed))).toEqual({ status: 401, code: 'INBOUND_REFUSED' })
})

test('whoever asks for no more messages is opted out wherever they are known, until they ask for some again', async () => {
  const [owner, other] = [await served.as('birch'), await served.as('alder')]
  const from = '+491709999999'
  const [contact, foreign] = [await contactWith(owner, 'phone', from), await contactWith(other, 'phone', from)]
  const secret = 'another token of twilio'
  const twilio = { kind: 'sms', provider: 'twilio', address: '+4930998', secret } as const
  const { url } = await owner.call('inboundAddresses.create', twilio)
  const say = async (text: Record<string, string>) => {
    const fields = { MessageSid: `SM${randomUUID().replaceAll('-', '')}`, From: from, To: '+4930998', ...text }
    expect((await send(url, twilioForm(url, secret, fields))).status).toBe(200)
    return (await pointOf(owner, contact)).isOptedOut
  }
  expect(await say({ Body: 'Please stop the music at ten' })).toBe(false)
  expect(await say({ Body: ' Stop ' })).toBe(true)
  expect(await say({ Body: 'Hello again' })).toBe(true)
  expect(await say({ Body: 'Ja', OptOutType: 'START' })).toBe(false)
  const place = await smsPlace(owner)
  await deliver(place, { from, to: '+4930998', text: 'Nein danke', consent: 'withdrawn' })
  expect([await pointOf(owner, contact), await pointOf(other, foreign)]).toEqual([
    { isOptedOut: true, isBounced: false },
    { isOptedOut: false, isBounced: false },
  ])
})

test('an address to which a mail of ours came back gets no other; that one came back is believed of our own mails alone', async () => {
  const owner = await served.as('alder')
  const [gone, well] = ['gone@example.com', 'well@example.com']
  const [contact, innocent] = [
    await contactWith(owner, 'email', 'Gone@example.com'),
    await contactWith(owner, 'email', well),
  ]
  const mail = await mailedInvoice(owner, gone)
  const place = await owner.call('inboundAddresses.create', {
    kind: 'mail',
    provider: 'standard',
    address: 'bounces@alder.example',
  })
  const daemon = { from: 'mailer-daemon@mx.example', to: 'bounces@alder.example', text: 'No such user.' }
  const inReplyTo = `<${mail.id}@crm.example.test>`
  await deliver(place, { ...daemon, bounced: gone })
  await deliver(place, { ...daemon, bounced: well, inReplyTo })
  expect([await pointOf(owner, contact), await pointOf(owner, innocent)]).toMatchObject([
    { isBounced: false },
    { isBounced: false },
  ])
  await deliver(place, { ...daemon, bounced: gone, inReplyTo })
  expect(await pointOf(owner, contact)).toEqual({ isBounced: true, isOptedOut: false })
  expect(await owner.call('communications.byId', { id: mail.communicationId })).toMatchObject({ status: 'bounced' })
  const { id: accountId } = await owner.call('accounts.create', { name: 'Gone Ltd.' })
  const quote = await owner.call('quotes.create', {
    accountId,
    currency: 'EUR',
    lines: [{ name: 'x', unitPriceMinor: 1 }],
  })
  const letter = { id: quote.id, version: quote.version, to: 'GONE@example.com', idempotencyKey: randomUUID() }
  const refused = await owner.ask('quotes.mail', letter)
  expect(refused.outcome).toBe('RULE_VIOLATED')
  expect(refused.text).toContain('"field":"to","reason":"bounced"')
  // Nothing was sent for it either.
  expect(await owner.call('quotes.byId', { id: quote.id })).toEqual(quote)
  const { version } = await owner.call('contacts.byId', { id: contact as never })
  await owner.call('contacts.patch', { id: contact as never, version, patch: { silenced: [] } })
  expect((await owner.ask('quotes.mail', letter)).outcome).toBe('ok')
})

test('an offer goes to who is not to be contacted only if they asked for it, and what they owe goes in any case', async () => {
  const owner = await served.as('alder')
  const { id: accountId } = await owner.call('accounts.create', { name: 'Quiet Ltd.' })
  const quiet = async (value: string) => {
    const points = [{ kind: 'email', value, isPrimary: true }]
    return owner.call('contacts.create', { lastName: 'Quiet', doNotContact: true, points } as never)
  }
  const [{ id: contactId }] = [await quiet('quiet@example.com'), await quiet('other@example.com')]
  const offer = async (to: string, given: object = {}) => {
    const lines = [{ name: 'x', unitPriceMinor: 1 }]
    const quote = await owner.call('quotes.create', { accountId, currency: 'EUR', lines, ...given })
    const letter = { id: quote.id, version: quote.version, to, idempotencyKey: randomUUID() }
    return { quote, letter, answer: await owner.ask('quotes.mail', letter) }
  }
  // By the address, and by whom the quote names, whatever the address.
  for (const made of [await offer('QUIET@example.com'), await offer('assistant@example.com', { contactId })]) {
    expect(made.answer.outcome).toBe('RULE_VIOLATED')
    expect(made.answer.text).toContain('"field":"to","reason":"do_not_contact"')
    expect(await owner.call('quotes.byId', { id: made.quote.id })).toEqual(made.quote)
    expect((await owner.ask('quotes.mail', { ...made.letter, askedFor: true })).outcome).toBe('ok')
  }
  expect((await offer('assistant@example.com')).answer.outcome).toBe('ok')
  expect(await mailedInvoice(owner, 'other@example.com')).toMatchObject({ to: 'other@example.com' })
  // That they were asked for opens no address that nobody reads.
  const { letter } = await offer('quiet@example.com')
  const current = await owner.call('contacts.byId', { id: contactId })
  const silenced = [{ kind: 'email', value: 'quiet@example.com', reason: 'opted_out' }]
  await owner.call('contacts.patch', { id: contactId, version: current.version, patch: { silenced } as never })
  const refused = await owner.ask('quotes.mail', { ...letter, askedFor: true })
  expect(refused.text).toContain('"field":"to","reason":"opted_out"')
})

test('a mail that Mailgun brings is read with its sender, and its signature counts for a few minutes', async () => {
  const owner = await served.as('cypress')
  const secret = 'key-of-mailgun'
  const mail = await mailedInvoice(owner, 'lost@example.com')
  const place = await owner.call('inboundAddresses.create', {
    kind: 'mail',
    provider: 'mailgun',
    address: 'in@cypress.example',
    secret,
  })
  const fields = (timestamp: number) => ({
    timestamp: String(timestamp),
    token: 'a'.repeat(50),
    signature: createHmac('sha256', secret)
      .update(`${timestamp}${'a'.repeat(50)}`)
      .digest('hex'),
    sender: 'bounces@example.com',
    from: 'Ada Byron <ada@example.com>',
    recipient: 'in@cypress.example',
    subject: 'A question',
    'body-plain': 'When?',
    'Message-Id': '<one@example.com>',
    'attachment-count': '2',
    'In-Reply-To': `<${mail.id}@crm.example.test>`,
    'X-Failed-Recipients': ' lost@example.com, other@example.com',
  })
  const now = Math.floor(Date.now() / 1000)
  const form = (timestamp: number) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields(timestamp))) body.set(name, value)
    body.set('attachment-1', new File(['Länge'], 'Maße.txt', { type: 'application/x-msdownload' }))
    return { headers: {}, body }
  }
  expect((await send(place.url, form(now))).status).toBe(200)
  expect((await send(place.url, form(now))).status).toBe(200)
  const found = (await messagesOf(owner)).filter(({ subject }) => subject === 'A question')
  expect(found.map(({ bodyText }) => bodyText)).toEqual([
    'From: ada@example.com\nTo: in@cypress.example\nFiles that were not kept: 1\n\nWhen?',
  ])
  expect(await owner.call('communications.byId', { id: mail.communicationId })).toMatchObject({ status: 'bounced' })
  const { rows } = await owner.call('attachments.list', { filters: { communicationId: found[0]?.id as never } })
  expect(rows).toMatchObject([{ fileName: 'Maße.txt', mediaType: 'text/plain', byteSize: 6 }])
  expect(await told(await send(place.url, form(now - 3_600)))).toEqual({ status: 401, code: 'INBOUND_REFUSED' })
})

test('the files of a mail are its attachments, once, for whoever may read the mail; a refused one is named in it', async () => {
  const owner = await served.as('birch')
  const place = await mailPlace(owner, 'birch')
  const contactId = await contactWith(owner, 'email', 'plans@example.com')
  const plan = Buffer.from('%PDF-1.7\n%%EOF')
  const files = [
    { fileName: 'Grundriß.pdf', contentBase64: plan.toString('base64') },
    { fileName: 'setup.exe', contentBase64: Buffer.from('MZ'.padEnd(300, '\0')).toString('base64') },
  ]
  const mail = {
    from: 'plans@example.com',
    to: 'in@birch.example',
    subject: 'Plans',
    text: 'Here.',
    attachments: 3,
    files,
  }
  const signed = signedBy(place, JSON.stringify(mail))
  const before = stored('birch')
  const answers = await Promise.all([1, 2, 3].map(() => send(place.url, signed)))
  answers.push(await send(place.url, signed))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const [message, ...more] = (await messagesOf(owner)).filter(({ subject }) => subject === 'Plans')
  expect(more).toEqual([])
  expect(message?.bodyText).toBe(
    'From: plans@example.com\nTo: in@birch.example\nFiles that were not kept: setup.exe (Programs cannot be stored.), 1 more\n\nHere.',
  )
  const communicationId = message?.id as never
  const of = async (browser: Browser) => (await browser.call('attachments.list', { filters: { communicationId } })).rows
  const [file, ...others] = await of(owner)
  expect(others).toEqual([])
  expect(file).toMatchObject({ fileName: 'Grundriß.pdf', mediaType: 'application/pdf', communicationId })
  expect(file?.links.map(({ id }) => id)).toEqual([contactId])
  expect(stored('birch').length).toBe(before.length + 1)

  const fetched = async (browser: Browser) => browser.file(`attachments/${file?.id}`)
  const answer = await fetched(await served.as('birch', 'read_only'))
  expect([answer.status, answer.headers.get('content-disposition')?.slice(0, 10)]).toEqual([200, 'attachment'])
  expect(Buffer.from(await answer.arrayBuffer()).equals(plan)).toBe(true)
  // Whoever may not read the mail, a neighbour in the same database, somebody elsewhere.
  const own = { see: 'own', change: 'own' } as const
  const access = { communication: own, contact: own }
  await owner.call('members.setRoleAccess', { role: 'member', access })
  for (const browser of [await served.as('birch', 'member'), await served.as('alder'), await served.as('cypress')]) {
    expect((await fetched(browser)).status).toBe(404)
    expect((await browser.ask('attachments.byId', { id: file?.id as never })).outcome).toBe('NOT_FOUND')
    expect(await of(browser)).toEqual([])
  }
  // Whoever sees its contact sees a mail that nobody has written, and who sees every mail its files.
  for (const seen of [{ communication: own, attachment: own }, { attachment: own }]) {
    await owner.call('members.setRoleAccess', { role: 'member', access: seen })
    expect((await fetched(await served.as('birch', 'member'))).status).toBe(200)
  }
  await owner.call('members.setRoleAccess', { role: 'member', access: {} })
})

test('while files cannot be stored the provider is asked to come again, and then nothing is lost or there twice', async () => {
  const owner = await served.as('alder')
  const place = await mailPlace(owner, 'alder')
  const files = [{ fileName: 'a.txt', contentBase64: Buffer.from('A').toString('base64') }]
  const mail = { from: 'a@example.com', to: 'in@alder.example', subject: 'Later', text: '', files }
  const signed = signedBy(place, JSON.stringify(mail))
  const came = async () => (await messagesOf(owner)).filter(({ subject }) => subject === 'Later').length
  // No folder can be made where a file lies.
  const folder = join(served.filesFolder, served.world.tenants.alder.id)
  writeFileSync(folder, '')
  expect(await told(await send(place.url, signed))).toEqual({ status: 503, code: 'FILE_STORE_UNAVAILABLE' })
  expect(await came()).toBe(0)
  rmSync(folder)
  expect((await send(place.url, signed)).status).toBe(200)
  expect([await came(), stored('alder').length]).toEqual([1, 1])
})

test('deliveries that are still arriving hold so much memory and no more, and what is over is let go', async () => {
  const place = await smsPlace(await served.as('cypress'))
  // Four fit, whichever these are.
  const arriving = [1, 2, 3, 4, 5].map(() => arrive(place.url, maxInboundBytes - 1))
  expect(await Promise.race(arriving.map(({ answered }) => answered))).toBe(429)
  for (const { request: open } of arriving) open.destroy()
  await expect.poll(async () => (await deliver(place, { from: number, to: number, text: 'After' })).status).toBe(200)
})

test('an address belongs to its company: nobody else changes it, its secret is sealed, and a new one ends the old', async () => {
  const [owner, other] = [await served.as('alder'), await served.as('birch')]
  const place = await smsPlace(owner)
  for (const path of ['inboundAddresses.replaceSecret', 'inboundAddresses.remove'] as const)
    expect((await other.ask(path, { id: place.id })).outcome).toBe('NOT_FOUND')
  const rows = await lookInto(served.world.appAdmin, 'select to_jsonb(i)::text as row from app.inbound_addresses i')
  expect(JSON.stringify(rows)).not.toContain(place.secret)
  expect((await owner.ask('inboundAddresses.list', undefined)).text).not.toContain(place.secret)
  const next = await owner.call('inboundAddresses.replaceSecret', { id: place.id })
  const said = { from: number, to: number, text: 'New' }
  expect((await deliver(place, said)).status).toBe(401)
  expect((await deliver(next, said)).status).toBe(200)
  await served.world.app.db.tenants.setStatus('tests', 'alder', 'suspended')
  expect(await told(await deliver(next, said))).toEqual({ status: 403, code: 'TENANT_SUSPENDED' })
  await served.world.app.db.tenants.setStatus('tests', 'alder', 'archived')
  expect(await told(await deliver(next, said))).toEqual({ status: 401, code: 'INBOUND_REFUSED' })
  await served.world.app.db.tenants.setStatus('tests', 'alder', 'active')
  await owner.call('inboundAddresses.remove', { id: place.id })
  expect((await deliver(next, said)).status).toBe(401)
})

function twilioForm(url: string, secret: string, fields: Record<string, string>): Sent {
  const sorted = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = sorted.reduce((so, [name, value]) => so + name + value, `${origin}${url}`)
  const signature = createHmac('sha1', secret).update(text).digest('base64')
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature }
  return { headers, body: new URLSearchParams(fields).toString() }
}

async function pointOf(owner: Browser, id: string) {
  const { points } = await owner.call('contacts.byId', { id: id as never })
  return { isOptedOut: points[0]?.optedOutAt !== null, isBounced: points[0]?.bouncedAt !== null }
}

function smsPlace(owner: Browser): Promise<Place> {
  return owner.call('inboundAddresses.create', { kind: 'sms', provider: 'standard', address: '+4930123456' })
}

function mailPlace(owner: Browser, slug: Slug): Promise<Place> {
  return owner.call('inboundAddresses.create', { kind: 'mail', provider: 'standard', address: `in@${slug}.example` })
}

function stored(slug: Slug): string[] {
  const folder = join(served.filesFolder, served.world.tenants[slug].id, 'attachments')
  return existsSync(folder) ? readdirSync(folder) : []
}

/** A delivery whose last byte never comes, and what it is answered nevertheless. */
function arrive(url: string, bytes: number): { request: ClientRequest; answered: Promise<number | undefined> } {
  const arriving = request(addressOf(url), { method: 'POST', headers: { 'content-length': bytes + 1 } })
  arriving.on('error', () => undefined)
  arriving.write(Buffer.alloc(bytes))
  const answered = new Promise<number | undefined>((resolve) => {
    arriving.on('response', (answer) => resolve(answer.statusCode))
  })
  return { request: arriving, answered }
}

function signedBy({ secret }: Place, body: string, at = new Date()) {
  const id = randomUUID()
  const signature = new Webhook(secret ?? '').sign(id, at, body)
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return { body, headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } }
}

function deliver(place: Place, said: Record<string, unknown>): Promise<Response> {
  return send(place.url, signedBy(place, JSON.stringify(said)))
}

function addressOf(url: string): string {
  return `http://127.0.0.1:${served.port}${url}`
}

interface Sent {
  headers: Record<string, string>
  body: string | FormData
}

function send(url: string, { headers, body }: Sent): Promise<Response> {
  return fetch(addressOf(url), { method: 'POST', headers, body })
}

/** What an answer says that is the same for the same refusal. */
async function told(answer: Response): Promise<{ status: number; code: string | undefined }> {
  const { error } = (await answer.json()) as { error?: { data?: { code?: string } } }
  return { status: answer.status, code: error?.data?.code }
}

async function contactWith(owner: Browser, kind: 'email' | 'phone', value: string): Promise<string> {
  const points = [{ kind, value, isPrimary: true }]
  return (await owner.call('contacts.create', { lastName: 'Byron', points } as never)).id
}

async function messagesOf(owner: Browser) {
  const { rows } = await owner.call('communications.list', {
    filters: { direction: 'inbound' },
    sort: 'createdAt',
    order: 'desc',
  })
  return rows
}

async function mailedInvoice(owner: Browser, to = 'ada@example.com') {
  const { id: accountId } = await owner.call('accounts.create', { name: 'Byron Ltd.' })
  const lines = [{ name: 'Booth', unitPriceMinor: 12_345 }]
  const draft = await owner.call('invoices.create', { accountId, currency: 'EUR', lines })
  await owner.call('invoices.issue', { id: draft.id, version: draft.version })
  return owner.call('invoices.mail', { id: draft.id, to, idempotencyKey: randomUUID() })
}
