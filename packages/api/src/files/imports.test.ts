import type { ImportBatch } from '@tenantry/contracts/imports'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { origin, serveWorld, type ServedWorld } from '../served-world.fixture.ts'
import { csvOf } from './csv.ts'

type Slug = 'alder' | 'cypress'
let served: ServedWorld<Slug>
beforeAll(async () => {
  served = await serveWorld(
    { alder: { server: mainServer(), database: 'grove' }, cypress: { server: elsewhereServer() } },
    { maxImportBytes: 1 << 20 },
  )
})
afterAll(() => served.close())

const file = 'entity=account&fileName=customers.csv'
const send = (browser: Browser, body: string, { search = file, headers = {} } = {}) =>
  browser.file(`imports?${search}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/octet-stream', origin, ...headers },
  })

test.each(['alder', 'cypress'] as const)(
  'rows sent to %s wait there for their mapping, and what is asked for is known to workers',
  async (slug) => {
    const member = await served.as(slug, 'member')
    const answer = await send(member, 'Company;Mail\nLumen;l@x.example\n')
    expect(answer.status).toBe(200)
    const { result } = (await answer.json()) as { result: { data: ImportBatch } }
    const { id, mapping } = result.data
    expect(result.data).toMatchObject({ status: 'draft', total: 1, delimiter: ';', header: ['Company', 'Mail'] })
    expect(mapping.map(({ field }) => field)).toEqual(['name', 'email'])
    await member.call('imports.setMapping', { id, mapping, dedupe: { rule: 'skip', by: 'email' } })
    expect(await member.call('imports.start', { id })).toMatchObject({ status: 'running' })
    expect(await member.call('imports.list', {})).toMatchObject({ rows: [{ id }], nextCursor: null })
    const work = await lookInto(
      served.world.appAdmin,
      `select user_id is not null as "isMembers", due_at > now() + interval '10 minutes' as later, to_jsonb(w)::text as row
     from app.import_work w where batch_id = $1 order by due_at`,
      [id],
    )
    expect(work).toMatchObject([
      { isMembers: true, later: false },
      { isMembers: true, later: true },
    ])
    // Nothing of the file leaves the company's database.
    expect(JSON.stringify(work)).not.toMatch(/Lumen|customers/)
    const other = await served.as(slug === 'alder' ? 'cypress' : 'alder')
    expect(await other.ask('imports.byId', { id })).toMatchObject({ outcome: 'NOT_FOUND' })
  },
)

test('of many files each is thrown away or says why not, and workers hear of those alone', async () => {
  const [member, stranger] = [await served.as('alder', 'member'), await served.as('cypress')]
  const small = {
    entity: 'account',
    fileName: 'a.csv',
    contentBase64: Buffer.from('name\nx\n').toString('base64'),
  } as const
  const [draft, running] = [await member.call('imports.upload', small), await member.call('imports.upload', small)]
  const foreign = await stranger.call('imports.upload', small)
  await member.call('imports.setMapping', { id: running.id, mapping: running.mapping })
  await member.call('imports.start', { id: running.id })
  const works = () =>
    lookInto<{ id: string; count: number }>(
      served.world.appAdmin,
      `select batch_id as id, count(*)::int as count from app.import_work where batch_id = any ($1) group by 1`,
      [[draft.id, running.id, foreign.id]],
    ).then((found) => new Map(found.map(({ id, count }) => [id, count])))
  const before = await works()
  const rows = [running, draft, foreign].map(({ id }) => ({ id }))
  expect(await member.call('imports.bulkRemove', { rows })).toEqual([
    { done: false, code: 'RULE_VIOLATED', message: 'This import is being worked on.' },
    { done: true },
    { done: false, code: 'NOT_FOUND', message: expect.any(String) as string },
  ])
  expect(await works()).toEqual(new Map(before).set(draft.id, (before.get(draft.id) ?? 0) + 1))
  expect((await member.ask('imports.byId', { id: draft.id })).outcome).toBe('NOT_FOUND')
  expect(await member.call('imports.byId', { id: running.id })).toMatchObject({ status: 'running' })
  expect(await stranger.call('imports.byId', { id: foreign.id })).toEqual(foreign)
})

test('a program sends rows with its key, and an operator small files with a call', async () => {
  const { secret } = await (await served.as('alder')).call('apiKeys.create', { name: 'Sync', role: 'member' })
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/octet-stream' }
  const url = `http://127.0.0.1:${served.port}/api/files/imports?${file}`
  const answer = await fetch(url, { method: 'POST', body: 'name\nKeyed\n', headers })
  expect(answer.status).toBe(200)
  const small = {
    entity: 'lead',
    fileName: 'a.csv',
    contentBase64: Buffer.from('last name\nx\n').toString('base64'),
  } as const
  expect(await (await served.as('alder')).call('imports.upload', small)).toMatchObject({ total: 1, entity: 'lead' })
})

test('what an export has written is read as it was, whatever a text begins with', async () => {
  const owner = await served.as('alder')
  const sign = fc.constantFrom(
    "'",
    "''",
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '＝',
    '＋',
    '"',
    ',',
    ';',
    ' ',
    '\uFEFF',
  )
  const letters = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', ''))
  const text = fc.array(fc.oneof(sign, sign, letters), { maxLength: 4 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 60 }), async (given) => {
      async function* rows() {
        for (const [jobTitle, lastName] of given) yield { lastName: `x${lastName}`, jobTitle }
      }
      const written = (await csvOf(rows(), ['jobTitle', 'lastName']).toArray()).join('')
      const answer = await send(owner, written, { search: 'entity=contact&fileName=contacts.csv' })
      const { result } = (await answer.json()) as { result: { data: ImportBatch } }
      const page = await owner.call('imports.rows', { id: result.data.id, limit: 100 })
      expect(page.rows.map(({ cells }) => cells)).toEqual(given.map(([first, second]) => [first, `x${second}`]))
    }),
    {
      numRuns: 12,
      examples: [
        [
          [
            ["'+49 30", "'"],
            ['+49 30', '=1'],
            ["''-2", ''],
          ],
        ],
      ],
    },
  )
})

test('what is refused leaves nothing, and says why', async () => {
  const owner = await served.as('alder')
  const before = (await owner.call('imports.list', {})).rows.length
  const refused = async (answer: Response) => {
    const { error } = (await answer.json()) as { error: { data: { code: string } } }
    return error.data.code
  }
  expect(await refused(await send(owner, 'a,b\n"open\n'))).toBe('IMPORT_FILE_INVALID')
  expect(await refused(await send(owner, `name\n${'x\n'.repeat(1 << 20)}`))).toBe('REQUEST_TOO_LARGE')
  expect(await refused(await send(owner, 'name\nx\n', { search: 'entity=secret&fileName=a.csv' }))).toBe('BAD_INPUT')
  expect(await refused(await send(owner, 'name\nx\n', { headers: { 'content-type': 'text/csv' } }))).toBe(
    'UNSUPPORTED_MEDIA_TYPE',
  )
  expect(await refused(await send(owner, 'name\nx\n', { headers: { origin: 'https://evil.example' } }))).toBe(
    'CROSS_SITE_REQUEST',
  )
  expect(await refused(await send(await served.as('alder', 'read_only'), 'name\nx\n'))).toBe('FORBIDDEN')
  expect(await refused(await send(served.stranger(), 'name\nx\n'))).toBe('NOT_SIGNED_IN')
  expect((await owner.call('imports.list', {})).rows).toHaveLength(before)
})

test('a plan names columns and fields that there are, each once', async () => {
  const owner = await served.as('alder')
  const contentBase64 = Buffer.from('name,email\nx,y\n').toString('base64')
  const { id } = await owner.call('imports.upload', { entity: 'account', fileName: 'a.csv', contentBase64 })
  for (const mapping of [
    [],
    [{ column: 2, field: 'name' }],
    [{ column: 0, field: 'passwordHash' }],
    [{ column: 0, field: '__proto__' }],
    [
      { column: 0, field: 'name' },
      { column: 1, field: 'name' },
    ],
  ])
    expect(await owner.ask('imports.setMapping', { id, mapping })).toMatchObject({ outcome: 'BAD_INPUT' })
  expect(await owner.ask('imports.pause', { id })).toMatchObject({ outcome: 'RULE_VIOLATED' })
})
