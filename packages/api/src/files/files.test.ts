import type { Attachment } from '@tenantry/contracts/attachments'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { lookInto } from '@tenantry/testing/look-into'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { origin, serveWorld, type ServedWorld } from '../served-world.fixture.ts'

const slugs = ['alder', 'birch', 'cypress'] as const
type Slug = (typeof slugs)[number]
const both = ['alder', 'cypress'] as const
let served: ServedWorld<Slug>

beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => served.close())

test.each(both)('a file of %s comes back as it was sent, to whoever may see it', async (slug) => {
  const bytes = Buffer.from('Grüße\n'.repeat(50_000))
  const { id: accountId } = await (await served.as(slug)).call('accounts.create', { name: 'Lumen' })
  const sent = await upload(await served.as(slug, 'member'), bytes, {
    fileName: 'Größe "A" – Plan.txt',
    links: JSON.stringify([{ entity: 'account', id: accountId }]),
  })
  expect(sent).toMatchObject({ byteSize: bytes.length, mediaType: 'text/plain', state: 'ready', version: 1 })
  expect(sent.links).toMatchObject([{ entity: 'account', id: accountId, name: 'Lumen' }])
  const answer = await (await served.as(slug, 'read_only')).file(`attachments/${sent.id}`)
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(bytes.length),
    'content-disposition': `attachment; filename="Gr__e _A_ _ Plan.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22A%22%20%E2%80%93%20Plan.txt`,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'cross-origin-resource-policy': 'same-origin',
  })
})

test('a part of a file is sent when a part is asked for, and all of it for what makes no sense', async () => {
  const owner = await served.as('alder')
  const { id } = await upload(owner, Buffer.from('0123456789'))
  const ask = async (range: string) => {
    const answer = await owner.file(`attachments/${id}`, { headers: { range } })
    return [answer.status, answer.headers.get('content-range'), await answer.text()]
  }
  expect(await ask('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234'])
  expect(await ask('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789'])
  expect(await ask('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789'])
  expect(await ask('bytes=8-100')).toEqual([206, 'bytes 8-9/10', '89'])
  for (const range of ['bytes=10-', 'bytes=4-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-'])
    expect(await ask(range)).toEqual([200, null, '0123456789'])
})

test('a file is found by nobody of another company, in the same database or elsewhere, and by nobody without a sign-in', async () => {
  const { id } = await upload(await served.as('alder'), Buffer.from('ours'))
  for (const slug of ['birch', 'cypress'] as const) {
    const theirs = await served.as(slug)
    for (const route of [`attachments/${id}`, `attachments/${id}/preview`]) {
      expect(await outcome(await theirs.file(route))).toEqual([404, 'NOT_FOUND'])
    }
    expect((await theirs.ask('attachments.download', { id })).outcome).toBe('NOT_FOUND')
  }
  expect(await outcome(await served.stranger().file(`attachments/${id}`))).toEqual([401, 'NOT_SIGNED_IN'])
  expect(await outcome(await send(served.stranger(), Buffer.from('x')))).toEqual([401, 'NOT_SIGNED_IN'])
  expect(await outcome(await send(await served.as('alder', 'read_only'), Buffer.from('x')))).toEqual([403, 'FORBIDDEN'])
})

test('a row that names the file of another company leads to no bytes, whatever it says', async () => {
  const ours = await upload(await served.as('alder'), Buffer.from('ours'))
  const theirs = await upload(await served.as('birch'), Buffer.from('theirs'))
  const { alder, birch } = served.world.tenants
  const [row] = await lookInto<{ key: string }>(
    alder.admin,
    'select storage_key as key from crm.attachments where id = $1',
    [ours.id],
  )
  const [file] = (row?.key ?? '').split('/').slice(-1)
  const point = (key: string) =>
    lookInto(birch.admin, 'update crm.attachments set storage_key = $1 where id = $2', [key, theirs.id])
  const thief = await served.as('birch')
  for (const key of [
    row?.key ?? '',
    `../${alder.id}/attachments/${file}`,
    `${alder.id}/attachments/${file}`,
    '../../etc/passwd',
    '',
  ]) {
    await point(key)
    expect([key, await outcome(await thief.file(`attachments/${theirs.id}`))]).toEqual([key, [404, 'FILE_NOT_STORED']])
  }
})

test('what is refused leaves neither a file nor a record', async () => {
  const member = await served.as('cypress', 'member')
  const [files, count] = [stored('cypress'), (await member.call('attachments.count', {})).count]
  const missing = JSON.stringify([{ entity: 'account', id: randomUUID() }])
  const refusals = [
    [await send(member, Buffer.from('MZ'.padEnd(300, '\0'))), 400, 'BAD_INPUT'],
    [await send(member, Buffer.alloc(0)), 400, 'BAD_INPUT'],
    [await send(member, Buffer.from('x'), { links: missing }), 422, 'RULE_VIOLATED'],
    [await send(member, Buffer.from('x'), { links: '{' }), 400, 'BAD_INPUT'],
    [await send(member, Buffer.from('x'), { fileName: '../x' }), 400, 'BAD_INPUT'],
    [await send(member, Buffer.from('x'), { fileName: 'gpj.\u202Eexe' }), 400, 'BAD_INPUT'],
    [await send(member, Buffer.from('x'), {}, { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [await send(member, Buffer.from('x'), {}, { 'sec-fetch-site': 'cross-site' }), 403, 'CROSS_SITE_REQUEST'],
    [await send(member, Buffer.from('x'), {}, { origin: 'https://evil.example' }), 403, 'CROSS_SITE_REQUEST'],
  ] as const
  for (const [answer, status, code] of refusals) expect(await outcome(answer)).toEqual([status, code])
  expect([stored('cypress'), (await member.call('attachments.count', {})).count]).toEqual([files, count])
})

test('a file that is larger than its limit is refused before it is there, whether it says so or not', async () => {
  const member = await served.as('cypress', 'member')
  const before = stored('cypress')
  const limit = 50 * 1024 * 1024
  const said = await rawUpload(member, { 'content-length': String(limit + 1) }, 0)
  expect(said.answer).toMatch(/^HTTP\/1.1 413 /)
  const chunked = await rawUpload(member, { 'transfer-encoding': 'chunked' }, limit * 3)
  expect(chunked.answer).toMatch(/^HTTP\/1.1 413 /)
  expect(chunked.answer).toContain('REQUEST_TOO_LARGE')
  expect(stored('cypress')).toEqual(before)
})

test('an upload whose sender goes away leaves neither a file nor a record', async () => {
  const member = await served.as('cypress', 'member')
  const [files, count] = [stored('cypress'), (await member.call('attachments.count', {})).count]
  await rawUpload(member, { 'content-length': '1000000' }, 65_536, { hangUp: true })
  await expect.poll(() => unfinished('cypress'), { timeout: 20_000 }).toEqual([])
  expect([stored('cypress'), (await member.call('attachments.count', {})).count]).toEqual([files, count])
})

test('an image is shown as a picture drawn here, and saved as it is', async () => {
  const owner = await served.as('alder')
  const png = Buffer.from(onePixel, 'base64')
  const { id, width, height } = await upload(owner, png, { fileName: 'dot.png' })
  expect([width, height]).toEqual([1, 1])
  const shown = await owner.file(`attachments/${id}/preview`)
  expect([shown.headers.get('content-type'), shown.headers.get('content-disposition')]).toEqual([
    'image/webp',
    `inline; filename="dot.png.webp"; filename*=UTF-8''dot.png.webp`,
  ])
  expect(
    Buffer.from(await shown.arrayBuffer())
      .subarray(8, 12)
      .toString(),
  ).toBe('WEBP')
  const saved = await owner.file(`attachments/${id}`)
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(Buffer.from(await saved.arrayBuffer()).equals(png)).toBe(true)
  const { id: text } = await upload(owner, Buffer.from('no picture'))
  expect(await outcome(await owner.file(`attachments/${text}/preview`))).toEqual([404, 'FILE_NOT_STORED'])
})

test('a file in the bin keeps its bytes, and one that is restored has them', async () => {
  const owner = await served.as('alder')
  const { id, version } = await upload(owner, Buffer.from('kept'))
  const removed = await owner.call('attachments.remove', { id, version })
  await owner.call('attachments.restore', { id, version: removed.version })
  expect(await (await owner.file(`attachments/${id}`)).text()).toBe('kept')
})

test('a file can be sent as the text of a call, and its call by JSON answers without its bytes', async () => {
  const owner = await served.as('alder')
  const bytes = Buffer.from('small')
  const { id } = await owner.call('attachments.upload', {
    fileName: 'small.txt',
    contentBase64: bytes.toString('base64'),
  })
  expect(await owner.call('attachments.download', { id })).toEqual({
    fileName: 'small.txt',
    mediaType: 'text/plain',
    byteSize: 5,
  })
  expect((await owner.ask('attachments.upload', { fileName: 'none.txt' })).outcome).toBe('BAD_INPUT')
  const [row] = await lookInto<{ sha: string }>(
    served.world.tenants.alder.admin,
    `select encode(sha256, 'hex') as sha from crm.attachments where id = $1`,
    [id],
  )
  expect(row?.sha).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('an address that is none says so as JSON, like everything that fails', async () => {
  const owner = await served.as('alder')
  expect(await outcome(await owner.file('nothing/1'))).toEqual([404, 'PROCEDURE_NOT_FOUND'])
  expect(await outcome(await owner.file('attachments/1', { method: 'POST' }))).toEqual([405, 'METHOD_NOT_ALLOWED'])
  expect(await outcome(await owner.file('attachments/x', { method: 'DELETE' }))).toEqual([405, 'METHOD_NOT_ALLOWED'])
  expect(await outcome(await owner.file('attachments/1'))).toEqual([400, 'BAD_INPUT'])
  expect(await outcome(await owner.file('attachments/%ff'))).toEqual([400, 'BAD_INPUT'])
})

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function send(
  browser: Browser,
  bytes: Buffer,
  said: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const search = new URLSearchParams({ fileName: 'a.txt', ...said })
  return browser.file(`attachments?${search}`, {
    method: 'POST',
    body: Uint8Array.from(bytes),
    headers: { 'content-type': 'application/octet-stream', ...headers },
  })
}

async function upload(browser: Browser, bytes: Buffer, said: Record<string, string> = {}): Promise<Attachment> {
  const answer = await send(browser, bytes, said)
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(text)
  return (JSON.parse(text) as { result: { data: Attachment } }).result.data
}

async function outcome(answer: Response): Promise<[number, string]> {
  const body = (await answer.json()) as { error?: { data: { code: string } } }
  return [answer.status, body.error?.data.code ?? 'ok']
}

/** The files of a company, as they lie on the disk. */
function stored(slug: Slug): string[] {
  const folder = join(served.filesFolder, served.world.tenants[slug].id)
  if (!existsSync(folder)) return []
  return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => /[0-9a-f]{12}$/.test(name)).toSorted()
}

function unfinished(slug: Slug): string[] {
  const folder = join(served.filesFolder, served.world.tenants[slug].id, 'unfinished')
  return existsSync(folder) ? readdirSync(folder) : []
}

/** A request written by hand, which sends `bytes` of what it promised until the server stops it or it hangs up. */
function rawUpload(
  browser: Browser,
  headers: Record<string, string>,
  bytes: number,
  { hangUp = false } = {},
): Promise<{ answer: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(browser.port, '127.0.0.1')
    let answer = ''
    const chunk = Buffer.alloc(65_536, 97)
    const framed = 'transfer-encoding' in headers
    socket.on('data', (data) => (answer += data.toString()))
    socket.on('error', () => resolve({ answer }))
    socket.on('close', () => resolve({ answer }))
    setTimeout(() => reject(new Error('no end')), 50_000).unref()
    const lines = [
      'POST /api/files/attachments?fileName=big.bin HTTP/1.1',
      'host: crm.example.test',
      `origin: ${origin}`,
      `cookie: ${browser.cookie}`,
      'content-type: application/octet-stream',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    let sent = 0
    const push = () => {
      while (sent < bytes) {
        sent += chunk.length
        if (framed) socket.write('10000\r\n')
        const more = socket.write(chunk)
        if (framed) socket.write('\r\n')
        if (!more) return void socket.once('drain', push)
      }
      if (hangUp) setTimeout(() => socket.destroy(), 300)
    }
    push()
  })
}
