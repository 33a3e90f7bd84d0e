import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { headingOf, lists, textSortOf, type AnyList } from './lists.fixture.ts'

const names = [
  'Lumen Studio',
  'LUMEN & Söhne',
  '100 % fun',
  '100 x fun',
  'snake_case',
  'snakeXcase',
  String.raw`back\slash`,
  "O'Hara",
  'say "cheese"',
  '🎉 Party 👩‍👩‍👧',
  'Ærøskøbing',
  'شركة الأفراح',
  'x'.repeat(180),
  'tab\tand  two spaces',
]

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    for (const desk of [mine, theirs]) {
      await desk.write((db) => db.pipelines.create(pipelineInput()))
      for (const { insert } of lists) await desk.database.transaction((tx) => insert(tx, names))
    }
  })

  describe.each(lists)('the list of $name', (list) => {
    test.each([
      ['a part of a word', 'ume', ['Lumen Studio', 'LUMEN & Söhne']],
      ['several words', 'lumen st', ['Lumen Studio']],
      ['other case', 'sÖHNE', ['LUMEN & Söhne']],
      ['letters beyond ASCII', 'ÆRØ', ['Ærøskøbing']],
      ['letters from right to left', 'الأفراح', ['شركة الأفراح']],
      ['an emoji', '🎉', ['🎉 Party 👩‍👩‍👧']],
      ['a part of an emoji', '👩', ['🎉 Party 👩‍👩‍👧']],
      ['a percent sign', '%', ['100 % fun']],
      ['a percent sign between words', '100 % f', ['100 % fun']],
      ['an underscore', '_', ['snake_case']],
      ['an underscore in a word', 'e_c', ['snake_case']],
      ['a backslash', '\\', [String.raw`back\slash`]],
      ['an apostrophe', "'", ["O'Hara"]],
      ['quotes', '"cheese"', ['say "cheese"']],
      ['SQL', `'; drop table crm.accounts; --`, []],
      ['a zero byte', '\0', names],
      ['a zero byte in a word', 'lu\0men st', ['Lumen Studio']],
      ['white space around', '  studio  ', ['Lumen Studio']],
      ['only white space', '   ', names],
      ['a long text', 'x'.repeat(180), ['x'.repeat(180)]],
      ['a longer text than any', 'x'.repeat(200), []],
      ['what nobody has', 'zebra', []],
    ])('finds %s', async (_, search, found) => {
      const { mine } = placement()
      expect(await namesFound(mine, list, { search })).toEqual([...found].sort())
      expect(await list.count(mine.read, { search })).toEqual({ count: found.length, capped: false })
    })

    test('pages through what it found, in any order', async () => {
      const { mine } = placement()
      const query = { search: 'e', sort: textSortOf(list), order: 'desc' }
      const all = await list.page(mine.read, query)
      const first = await list.page(mine.read, { ...query, limit: 3 })
      const rest = await list.page(mine.read, { ...query, cursor: first.nextCursor })
      expect([...first.rows, ...rest.rows]).toEqual(all.rows)
      expect(all.rows.length).toBeGreaterThan(4)
    })
  })

  test('an account is found by its e-mail address', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) =>
      db.accounts.create(accountInput({ name: 'By mail', email: 'Info@Harbour.example' })),
    )
    for (const search of ['info@harbour', 'HARBOUR.EX', '@']) {
      const { rows } = await byName('accounts').page(mine.read, { search })
      expect(rows.map((row) => row.id)).toContain(id)
    }
    // Name and address are two texts.
    expect((await byName('accounts').page(mine.read, { search: 'mailinfo' })).rows).toEqual([])
  })

  test('a contact is found once by any of its addresses and numbers', async () => {
    const { mine, theirs } = placement()
    const points = [
      { kind: 'email' as const, value: 'Ada@first.example' },
      { kind: 'email' as const, value: 'ada@second.example' },
      { kind: 'phone' as const, value: '+4930123456' },
    ]
    const ada = contactInput({ firstName: 'Ada', lastName: 'Byron', points })
    const { id } = await mine.write((db) => db.contacts.create(ada))
    await theirs.write((db) => db.contacts.create(ada))
    for (const search of ['ada', 'ADA@FIRST', 'second.ex', '+4930', '123456', 'ada b']) {
      const { rows } = await byName('contacts').page(mine.read, { search })
      expect(rows.map((row) => row.id)).toEqual([id])
      expect(await byName('contacts').count(mine.read, { search })).toEqual({ count: 1, capped: false })
    }
  })

  test('the archive and the bin are searched when they are shown', async () => {
    const { mine } = placement()
    const at = await mine.write((db) => db.accounts.create(accountInput({ name: 'Put away' })))
    const query = { search: 'PUT AWAY' }
    const shows = async (show: string) => (await byName('accounts').page(mine.read, { ...query, show })).rows.length
    const archived = await mine.write((db) => db.accounts.archive(at))
    expect([await shows('active'), await shows('archived'), await shows('deleted')]).toEqual([0, 1, 0])
    await mine.write((db) => db.accounts.remove(archived))
    expect([await shows('active'), await shows('archived'), await shows('deleted')]).toEqual([0, 0, 1])
  })

  // Last, for these are rows of lists that are looked through above.
  test.each(['accounts', 'contacts', 'opportunities'])(
    'of %s, a text that very many have is found in any order, page by page, and none of another tenant',
    async (name) => {
      const { mine, theirs } = placement()
      const list = byName(name)
      const common = Array.from({ length: 60 }, (_, n) => `Common ${String(n).padStart(2, '0')}`)
      for (const desk of [mine, theirs]) await desk.database.transaction((tx) => list.insert(tx, common))
      const [row] = await mine.database.reader.db.execute<{ ids: string | null }>(
        sql`select crm.${sql.identifier(`${name}_with_text`)}('common')::text as ids`,
      )
      expect(row?.ids).toBeNull()
      for (const order of ['asc', 'desc']) {
        const query = { search: 'COMMON', sort: 'name', order }
        const first = await list.page(mine.read, { ...query, limit: 25 })
        const next = await list.page(mine.read, { ...query, limit: 25, cursor: first.nextCursor })
        const rest = await list.page(mine.read, { ...query, limit: 11, cursor: next.nextCursor })
        const found = [...first.rows, ...next.rows, ...rest.rows].map(headingOf)
        expect(found).toEqual(order === 'asc' ? common : common.toReversed())
        expect(rest.nextCursor).toBeNull()
      }
      expect(await list.count(mine.read, { search: 'common' })).toEqual({ count: 60, capped: false })
      const { rows } = await list.page(mine.read, { search: 'common 07' })
      expect(rows.map(headingOf)).toEqual(['Common 07'])
    },
  )
})

function byName(name: string): AnyList {
  const list = lists.find((candidate) => candidate.name === name)
  if (!list) throw new Error(`there is no list of ${name}`)
  return list
}

async function namesFound(desk: Desk, list: AnyList, query: object): Promise<string[]> {
  const { rows } = await list.page(desk.read, query)
  return rows.map(headingOf).sort()
}
