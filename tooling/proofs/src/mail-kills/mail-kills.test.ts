import { openRuntime, type Runtime } from '@tenantry/api/runtime'
import { urlOf } from '@tenantry/connections/target'
import type { Contact } from '@tenantry/contracts/contacts'
import type { Communication } from '@tenantry/contracts/communications'
import type { ImportBatch } from '@tenantry/contracts/imports'
import type { Mail } from '@tenantry/contracts/mail'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import type { World } from '@tenantry/testing/world'
import { openWorker } from '@tenantry/worker'
import { mailSteps, sendMail } from '@tenantry/worker/send-mail'
import { openMailTransport, type MailTransport } from '@tenantry/worker/transport'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from '../crash-matrix/run-program.ts'
import { callIn, createWorkerWorld } from '../worker-world.ts'

type Slug = 'alder' | 'cypress'
const origin = 'https://crm.example.com'
const workerProgram = fileURLToPath(new URL('../crash-matrix/programs/mail-worker.ts', import.meta.url))
const logger = openLogger({ level: 'silent' })
const mailFolder = mkdtempSync(join(tmpdir(), 'tenantry-mailbox-'))
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
    origin,
    trustedProxyHops: 0,
    logLevel: 'silent',
  })
})
afterAll(async () => {
  await runtime.close()
  await world.close()
  rmSync(mailFolder, { recursive: true, force: true })
})

test.each(['alder', 'cypress'] as const)(
  'an invoice of %s leaves with its PDF and a link that opens it, once, however often it is asked for',
  async (slug) => {
    const { id } = await issuedInvoice(slug)
    const request = { id, to: 'ada@example.com', message: 'Thank you!', idempotencyKey: randomUUID() }
    const queued = await call<Mail>(slug, 'invoices.mail', request)
    expect(queued).toMatchObject({ status: 'queued', to: 'ada@example.com', attempts: 0 })
    expect(await call(slug, 'invoices.mail', request)).toEqual(queued)
    await working(slug, queued)

    const text = mailOf(queued.id)
    expect(text).toContain(`Message-ID: <${queued.id}@crm.example.com>`)
    expect(text).toMatch(/^From: "?Company (alder|cypress)"? <crm@localhost.invalid>$/m)
    expect(text).toMatch(/^To: ada@example.com$/m)
    expect(text).toMatch(/filename="?invoice-[\w-]+\.pdf/)
    expect(text).toContain('Thank you!')
    const token = /public\/invoice#([A-Za-z0-9_-]{43})/.exec(text.replaceAll('=\n', ''))?.[1] ?? ''
    const customer = runtime.callerFor({ cookieHeader: undefined })
    expect(await customer.public.invoice({ token })).toMatchObject({ company: { name: `Company ${slug}` } })
    const message = await call<Communication>(slug, 'communications.byId', { id: queued.communicationId })
    expect(message).toMatchObject({ status: 'sent', direction: 'outbound', channel: 'email' })
    expect(message.links.map(({ entity }) => entity)).toEqual(['account', 'invoice'])
  },
)

test('neither database holds the token of a link in a mail', async () => {
  const { id } = await issuedInvoice('alder')
  const mail = await call<Mail>('alder', 'invoices.mail', letter({ id }))
  await working('alder', mail)
  const token = /#([A-Za-z0-9_-]{43})/.exec(mailOf(mail.id).replaceAll('=\n', ''))?.[1] ?? 'none'
  const rows = await lookInto(world.tenants.alder.admin, 'select to_jsonb(o)::text as row from crm.outbox o')
  const queue = await lookInto(world.appAdmin, 'select to_jsonb(l)::text as row from app.public_links l')
  expect(JSON.stringify([rows, queue])).not.toContain(token)
})

test.each([0, 1, 2, 3])(
  'a worker that is killed after its step %i loses no mail, and the next one sends it to the same place',
  async (killAt) => {
    const { id } = await issuedInvoice('alder')
    const mail = await call<Mail>('alder', 'invoices.mail', letter({ id }))
    const { user, database, host, port } = world.appTarget
    const app = { host, port, database, user, password: world.appTarget.password(), tls: 'off' }
    const before = readdirSync(mailFolder).length
    const died = await runProgram(workerProgram, { app, appDatabaseUrl, keys: world.keys, mailFolder }, killAt)
    expect([died.signal, died.points]).toEqual(['SIGKILL', mailSteps.slice(0, killAt + 1)])
    await working('alder', mail)
    // Once in the mailbox, for the second attempt has the name of the first.
    expect(readdirSync(mailFolder).length).toBe(before + 1)
    const [shown] = await call<Mail[]>('alder', 'communications.mails', { id: mail.communicationId })
    expect(shown).toMatchObject({ status: 'sent', attempts: killAt === 3 ? 1 : 2, lastError: null })
  },
)

test('a mail whose transaction failed is looked for in vain, and nothing leaves', async () => {
  const session = await world.startSession(world.tenants.alder.people.owner)
  await world.app.db.mailDue.add(await world.grantOf(session), randomUUID())
  const before = readdirSync(mailFolder)
  await working('alder', await call<Mail>('alder', 'invoices.mail', letter(await issuedInvoice('alder'))))
  expect(readdirSync(mailFolder).length).toBe(before.length + 1)
  expect(await lookInto(world.appAdmin, 'select from app.mail_due')).toEqual([])
})

test('a worker that knows no way for mails leaves them to one that does', async () => {
  const mail = await call<Mail>('alder', 'invoices.mail', letter(await issuedInvoice('alder')))
  const file = {
    entity: 'account',
    fileName: 'a.csv',
    contentBase64: Buffer.from('name\nMailless\n').toString('base64'),
  }
  const { id, mapping } = await call<ImportBatch>('alder', 'imports.upload', file)
  await call('alder', 'imports.setMapping', { id, mapping })
  await call('alder', 'imports.start', { id })
  {
    await using _worker = await openWorker({ ...needs(), pollMs: 200, appDatabaseUrl, logger })
    const statusOf = async () => (await call<ImportBatch>('alder', 'imports.byId', { id })).status
    await expect.poll(statusOf, { timeout: 40_000, interval: 200 }).toBe('done')
  }
  const [waiting] = await call<Mail[]>('alder', 'communications.mails', { id: mail.communicationId })
  expect(waiting).toMatchObject({ status: 'queued', attempts: 0 })
  await working('alder', mail)
})

test('a mail that is committed between two looks at it is tried again, not forgotten', async () => {
  const mail = await call<Mail>('alder', 'invoices.mail', letter(await issuedInvoice('alder')))
  const { dataSources } = world
  // The attempt to take it in hand was answered before the mail was there; what is asked afterwards finds it.
  const missed: Pick<typeof dataSources, 'withTenant' | 'withTenantWriter'> = {
    withTenant: (grant, work) => dataSources.withTenant(grant, work),
    withTenantWriter: (grant, work) =>
      dataSources.withTenantWriter(grant, (db) => {
        db.outbox.claim = () => Promise.resolve(undefined)
        return work(db)
      }),
  }
  const job = { tenantId: world.tenants.alder.id, outboxId: mail.id }
  const needing = { ...needs(), dataSources: missed, transport: mailbox() }
  const attempt = sendMail(needing, job, { number: 1, most: 3, requestId: 'test' })
  await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await working('alder', mail)
})

test('a server that is away is asked again, one that refuses is not, and both show on the message', async () => {
  const mail = await call<Mail>('cypress', 'invoices.mail', letter(await issuedInvoice('cypress')))
  const tenantId = world.tenants.cypress.id
  const job = { tenantId, outboxId: mail.id }
  const failing = (error: Error): MailTransport => ({
    send: () => Promise.reject(error),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  })
  const attempt = (error: Error, number: number) =>
    sendMail({ ...needs(), transport: failing(error) }, job, { number, most: 3, requestId: 'test' })
  const shown = async () => (await call<Mail[]>('cypress', 'communications.mails', { id: mail.communicationId }))[0]
  const away = Object.assign(new Error('connect to mail.example.com for ada@example.com'), { code: 'ECONNREFUSED' })
  await expect(attempt(away, 1)).rejects.toMatchObject({ message: 'A mail could not be handed over: ECONNREFUSED.' })
  expect(await shown()).toMatchObject({ status: 'queued', attempts: 1, lastError: 'ECONNREFUSED' })
  const refusal = { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }
  const refused = Object.assign(new Error('550 no such user ada@example.com'), refusal)
  await attempt(refused, 2)
  expect(await shown()).toMatchObject({ status: 'failed', attempts: 2, lastError: 'EENVELOPE 550' })
  expect(await call('cypress', 'communications.byId', { id: mail.communicationId })).toMatchObject({ status: 'failed' })
  // What was given up is not begun again by a job that comes late.
  await sendMail({ ...needs(), transport: failing(new Error('never')) }, job, { number: 5, most: 9, requestId: 'test' })
})

test('nothing leaves to an address whose reader has opted out since, and one that its server does not know is remembered', async () => {
  const to = 'opted@example.com'
  const contact = await call<Contact>('alder', 'contacts.create', {
    lastName: 'Byron',
    points: [{ kind: 'email', value: to }],
  })
  const patch = (of: Contact, silenced: object[]) =>
    call<Contact>('alder', 'contacts.patch', { id: of.id, version: of.version, patch: { silenced } })
  const send = async (mail: Mail, transport: MailTransport) => {
    const job = { tenantId: world.tenants.alder.id, outboxId: mail.id }
    await sendMail({ ...needs(), transport }, job, { number: 1, most: 3, requestId: 'test' })
    return (await call<Mail[]>('alder', 'communications.mails', { id: mail.communicationId }))[0]
  }
  const queue = async () => call<Mail>('alder', 'invoices.mail', { ...letter(await issuedInvoice('alder')), to })
  const mail = await queue()
  const silent = await patch(contact, [{ kind: 'email', value: to, reason: 'opted_out' }])
  const before = readdirSync(mailFolder)
  expect(await send(mail, mailbox())).toMatchObject({ status: 'failed', lastError: 'OPTED_OUT' })
  expect(readdirSync(mailFolder)).toEqual(before)
  const welcome = await patch(silent, [])
  const unknown = { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550 5.1.1 no such user' }
  const refusing: MailTransport = {
    send: () => Promise.reject(Object.assign(new Error('refused'), unknown)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
  expect(await send(await queue(), refusing)).toMatchObject({ status: 'failed', lastError: 'EENVELOPE 550' })
  const { points } = await call<Contact>('alder', 'contacts.byId', { id: welcome.id })
  expect(points).toMatchObject([{ value: to, optedOutAt: null, bouncedAt: expect.any(String) as string }])
})

test('a job that names a mail of another company finds none', async () => {
  const mail = await call<Mail>('cypress', 'invoices.mail', letter(await issuedInvoice('cypress')))
  const before = readdirSync(mailFolder)
  const job = { tenantId: world.tenants.alder.id, outboxId: mail.id }
  const sending = sendMail({ ...needs(), transport: mailbox() }, job, { number: 1, most: 3, requestId: 'test' })
  await expect(sending).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(readdirSync(mailFolder)).toEqual(before)
})

test('an address with a second one in it, and a subject with a line break, are refused before anything is written', async () => {
  const { id } = await issuedInvoice('alder')
  for (const change of [{ to: 'ada@example.com, eve@example.com' }, { subject: 'a\r\nBcc: eve@example.com' }])
    await expect(call('alder', 'invoices.mail', { ...letter({ id }), ...change })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
})

function needs() {
  return { app: world.app, dataSources: world.dataSources, keyring: world.keyring, origin }
}

function mailbox(): MailTransport {
  const transport = openMailTransport({ MAIL_FOLDER: mailFolder })
  if (transport === undefined) throw new TypeError('there is no mailbox')
  return transport
}

/** Runs a worker until the mail has left. */
async function working(slug: Slug, { communicationId }: Mail): Promise<void> {
  const timing = { pollMs: 200, abandonedSeconds: 5 }
  await using _worker = await openWorker({
    ...needs(),
    ...timing,
    mail: { transport: mailbox(), origin },
    appDatabaseUrl,
    logger,
  })
  const statusOf = async () => (await call<Mail[]>(slug, 'communications.mails', { id: communicationId }))[0]?.status
  await expect.poll(statusOf, { timeout: 40_000, interval: 200 }).toBe('sent')
}

function mailOf(id: string): string {
  const file = readdirSync(mailFolder).find((name) => name.startsWith(id)) ?? ''
  return readFileSync(join(mailFolder, file), 'utf8')
}

function letter({ id }: { id: string }) {
  return { id, to: 'ada@example.com', idempotencyKey: randomUUID() }
}

async function issuedInvoice(slug: Slug): Promise<{ id: string }> {
  const { id: accountId } = await call<{ id: string }>(slug, 'accounts.create', { name: 'Byron Ltd.' })
  const lines = [{ name: 'Booth', unitPriceMinor: 12_345 }]
  const draft = await call<{ id: string; version: number }>(slug, 'invoices.create', {
    accountId,
    currency: 'EUR',
    lines,
  })
  return call(slug, 'invoices.issue', { id: draft.id, version: draft.version })
}

function call<T>(slug: Slug, path: string, input: unknown): Promise<T> {
  return callIn(world, slug, path, input)
}
