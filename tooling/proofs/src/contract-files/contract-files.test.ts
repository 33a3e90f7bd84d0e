import { openRuntime, type Runtime } from '@tenantry/api/runtime'
import { urlOf } from '@tenantry/connections/target'
import type { Attachment } from '@tenantry/contracts/attachments'
import type { Contract } from '@tenantry/contracts/contracts'
import type { ContractId } from '@tenantry/contracts/ids'
import type { Page } from '@tenantry/contracts/pages'
import type { Mail } from '@tenantry/contracts/mail'
import { openFolderStore } from '@tenantry/files/folder-store'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import type { World } from '@tenantry/testing/world'
import { openWorker } from '@tenantry/worker'
import { keepContract, type ContractNeeds, type ContractStep } from '@tenantry/worker/keep-contract'
import { sendMail } from '@tenantry/worker/send-mail'
import type { MailTransport } from '@tenantry/worker/transport'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callIn, createWorkerWorld } from '../worker-world.ts'

type Slug = 'alder' | 'cypress'
const origin = 'https://crm.example.com'
const logger = openLogger({ level: 'silent' })
const filesFolder = mkdtempSync(join(tmpdir(), 'tenantry-files-'))
const files = openFolderStore(filesFolder)
let world: World<Slug>
let runtime: Runtime
let server: Server
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
    files,
  })
  server = createServer((request, response) => void runtime.handleFiles(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await runtime.close()
  await world.close()
  rmSync(filesFolder, { recursive: true, force: true })
})

test.each(['alder', 'cypress'] as const)(
  'the worker keeps the contract of %s once everybody has signed it, and whoever asks for it gets that file',
  async (slug) => {
    const { id, token } = await signed(slug)
    const drawn = await pdfBehind(token)
    const kept = async () => (await call<Contract>(slug, 'contracts.byId', { id })).signedPdfAttachmentId
    await working(() => expect.poll(kept, { timeout: 60_000, interval: 200 }).not.toBeNull())
    expect(await lookInto(world.appAdmin, 'select from app.contracts_due')).toEqual([])
    const [file, ...others] = await filesOf(slug, id)
    expect(others).toEqual([])
    expect(file).toMatchObject({
      id: await kept(),
      mediaType: 'application/pdf',
      isEvidence: true,
      uploadedByName: null,
    })
    const bytes = await pdfBehind(token)
    expect(bytes.length).toBe(file?.byteSize)
    // The same bytes each time: nothing is drawn any more, which would say when.
    expect(bytes.equals(await pdfBehind(token))).toBe(true)
    expect(bytes.equals(drawn)).toBe(false)
    expect(await call(slug, 'contracts.pdf', { id })).toMatchObject({ byteSize: file?.byteSize })
    const { version } = await call<Contract>(slug, 'contracts.byId', { id })
    const letter = { to: 'ada@example.com', message: 'Yours', idempotencyKey: randomUUID() }
    const mail = await call<Mail>(slug, 'contracts.mail', { id, version, ...letter })
    const { app, dataSources, keyring } = world
    const needs = { app, dataSources, keyring, files, origin, transport }
    await sendMail(needs, { tenantId: world.tenants[slug].id, outboxId: mail.id }, firstAttempt)
    expect(sentFiles.pop()?.equals(bytes)).toBe(true)
  },
)

test('a file that is evidence is neither renamed nor deleted, by nobody, and its contract names no other', async () => {
  const { id } = await signed('alder')
  await keep('alder', id)
  const [file] = await filesOf('alder', id)
  const at = { id: file?.id, version: file?.version }
  const attempts = await Promise.allSettled([
    call('alder', 'attachments.remove', at),
    call('alder', 'attachments.patch', { ...at, patch: { fileName: 'other.pdf' } }),
  ])
  const refused = { reason: { code: 'RULE_VIOLATED', message: expect.stringMatching(/^This file is evidence/) } }
  for (const attempt of attempts) expect(attempt).toMatchObject(refused)
  await call('alder', 'attachments.patch', { ...at, patch: { description: 'Signed in the garden' } })
  const { admin, tenantIdInDataSource } = world.tenants.alder
  for (const change of [`storage_key = 'attachments/x'`, `deleted_at = now()`, 'is_evidence = false'])
    await expect(
      lookInto(admin, `update crm.attachments set ${change} where tenant_id = $1 and id = $2`, [
        tenantIdInDataSource,
        file?.id,
      ]),
    ).rejects.toMatchObject({ detail: { constraint: 'attachments_evidence' } })
})

test('of two who keep a contract at the same moment one does, and of the other nothing stays', async () => {
  const { id } = await signed('cypress')
  const before = await storedFiles('cypress')
  await Promise.all([keep('cypress', id), keep('cypress', id)])
  await keep('cypress', id)
  expect(await filesOf('cypress', id)).toHaveLength(1)
  expect(await storedFiles('cypress')).toBe(before + 1)
})

test.each(['drawn', 'stored', 'kept'] as const)(
  'a worker that breaks off once it has %s loses nothing, and the next one keeps it once',
  async (step) => {
    const { id } = await signed('cypress')
    const breakOff = (now: ContractStep) => {
      if (now === step) throw new Error('the process ended')
    }
    await expect(keep('cypress', id, { onStep: breakOff })).rejects.toMatchObject({
      message: expect.stringMatching(/could not be kept/),
    })
    await keep('cypress', id, {}, 2)
    expect(await filesOf('cypress', id)).toHaveLength(1)
  },
)

test('what nobody has signed, or another company has, is waited for a while and never made', async () => {
  const { id: foreign } = await signed('alder')
  const { contract } = await sent('cypress')
  for (const id of [foreign, contract.id]) {
    await expect(keep('cypress', id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await keep('cypress', id, {}, 5)
    expect(await filesOf('cypress', id)).toEqual([])
  }
  expect(await filesOf('alder', foreign)).toEqual([])
})

/** What leaves by mail. */
const sentFiles: Buffer[] = []
const firstAttempt = { number: 1, most: 25, requestId: 'tests' }

const transport: MailTransport = {
  async send({ attachments }) {
    sentFiles.push(...attachments.map(({ content }) => content))
    await Promise.resolve()
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
}

async function working(work: () => Promise<unknown>): Promise<void> {
  const { app, dataSources, keyring } = world
  await using _worker = await openWorker({ app, dataSources, keyring, files, pollMs: 100, appDatabaseUrl, logger })
  await work()
}

async function keep(slug: Slug, id: ContractId, more: Partial<ContractNeeds> = {}, number = 1): Promise<void> {
  const needs = { app: world.app, dataSources: world.dataSources, files, ...more }
  await keepContract(
    needs,
    { tenantId: world.tenants[slug].id, contractId: id },
    { number, most: 25, requestId: 'tests' },
  )
}

async function filesOf(slug: Slug, id: ContractId): Promise<Attachment[]> {
  const filters = { about: { entity: 'contract', id } }
  return (await call<Page<Attachment>>(slug, 'attachments.list', { filters })).rows
}

async function storedFiles(slug: Slug): Promise<number> {
  let count = 0
  for await (const _ of files.of(world.tenants[slug].id).list()) count++
  return count
}

async function pdfBehind(token: string): Promise<Buffer> {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/api/files/public/contract`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  return Buffer.from(await answer.arrayBuffer())
}

async function sent(slug: Slug) {
  const { id: accountId } = await call<{ id: string }>(slug, 'accounts.create', { name: 'Byron Ltd.' })
  const signers = [{ name: 'Ada', email: 'ada@example.com' }]
  const input = { accountId, title: 'A gala', bodyHtml: '<p>We come, you pay.</p>', signers }
  const draft = await call<Contract>(slug, 'contracts.create', input)
  const given = { id: draft.id, version: draft.version }
  return call<{ contract: Contract; links: { token: string }[] }>(slug, 'contracts.send', given)
}

async function signed(slug: Slug): Promise<{ id: ContractId; token: string }> {
  const { contract, links } = await sent(slug)
  const customer = runtime.callerFor({ cookieHeader: undefined })
  const token = links[0]?.token ?? ''
  const { consents, bodySha256 } = await customer.public.contract({ token })
  const signature = { kind: 'drawn', value: 'M60 150L140 40L220 150', consent: consents.drawn } as const
  await customer.public.signContract({ token, bodySha256, signature })
  return { id: contract.id, token }
}

function call<T>(slug: Slug, path: string, input: unknown): Promise<T> {
  return callIn(world, slug, path, input)
}
