import { LimitedKind } from '@tenantry/contracts/record-access'
import type { Count } from '@tenantry/contracts/pages'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { lists, type AnyList } from '../records/lists.fixture.ts'

/** The column that names whose a row is before its author counts, where there is one. */
const ownerIn: Record<string, string | undefined> = {
  accounts: 'owner_id',
  contacts: 'owner_id',
  leads: 'owner_id',
  opportunities: 'owner_id',
  events: 'owner_id',
  tasks: 'assignee_id',
  notes: undefined,
  communications: undefined,
  attachments: undefined,
}
const narrowed = lists.filter(({ name }) => name in ownerIn)

inEveryPlacement((placement) => {
  /** Members who see the rows of nobody, one, two and three people. */
  const limited: { desk: Desk; people: string[] }[] = []

  beforeAll(async () => {
    const { mine, theirs } = placement()
    const [first, second] = [await mine.limited(() => limitsTo([])), await mine.limited(() => limitsTo([]))]
    const people = [mine.person.id, first.person.id, second.person.id]
    for (const desk of [mine, theirs]) {
      await desk.write((db) => db.pipelines.create(pipelineInput()))
      for (const { fill } of narrowed) await desk.database.transaction(fill)
    }
    for (const { name } of narrowed) await scatter(mine, name, people)
    for (const seen of [[], people.slice(0, 1), people.slice(1), people]) {
      limited.push({ desk: await mine.limited(() => limitsTo(seen)), people: seen })
    }
  })

  describe.each(narrowed)('the list of $name', (list) => {
    test('is for a limited member the whole list without what is not theirs, in any order, searched and counted', async () => {
      const { mine } = placement()
      const personOf = await peopleOf(mine, list.name)
      const queries = fc.record({
        sort: fc.constantFrom(...Object.keys(list.orders)),
        order: fc.constantFrom('asc', 'desc'),
        show: fc.constantFrom('active', 'archived', 'deleted'),
        search: fc.constantFrom('', '', 'ir', 'ALDER', 'zebra'),
        limit: fc.integer({ min: 5, max: 60 }),
      })
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 3 }), queries, async (place, query) => {
          const { desk, people } = limited[place] ?? { desk: mine, people: [] }
          const whole = await pagesOf(mine, list, { ...query, limit: 200 })
          const theirs = whole.filter((id) => people.includes(personOf.get(id) ?? ''))
          expect(await pagesOf(desk, list, query)).toEqual(theirs)
          const counted: Count = { count: theirs.length, capped: false }
          expect(await list.count(desk.read, query)).toEqual(counted)
        }),
        { numRuns: 8 },
      )
    })
  })

  test('nothing is lost where few own rows become many', async () => {
    const { mine } = placement()
    const one = await mine.limited((person) => limitsTo([person]))
    const accounts = byName('accounts')
    const add = (rows: number) =>
      mine.database.transaction((tx) =>
        tx.db.execute(sql`insert into crm.accounts (name, created_by)
          select 'Account ' || n, ${one.person.id} from generate_series(1, ${rows}::integer) n`),
      )
    await add(4000)
    expect(new Set(await pagesOf(one, accounts, { limit: 200 })).size).toBe(4000)
    await add(2)
    expect(new Set(await pagesOf(one, accounts, { limit: 200 })).size).toBe(4002)
  })
})

/** Rows of everybody and of nobody, with owners and without, some in the archive and in the bin. */
async function scatter({ database }: Desk, table: string, people: readonly string[]): Promise<void> {
  const any = (salt: number) =>
    sql`(${`{${[...people, 'null'].join()}}`}::uuid[])[1 + abs(hashtext(id::text || ${salt}::text)) % 4]`
  const owner = ownerIn[table]
  await database.transaction(async (tx) => {
    await tx.db.execute(sql`update ${tableNamed(table)} set created_by = ${any(1)},
      archived_at = case when hashtext(id::text) % 5 = 0 then now() end,
      deleted_at = case when hashtext(id::text) % 5 = 1 then now() end`)
    if (owner !== undefined)
      await tx.db.execute(sql`update ${tableNamed(table)} set ${sql.identifier(owner)} = ${any(2)}`)
  })
}

async function peopleOf({ database }: Desk, table: string): Promise<Map<string, string | null>> {
  const owner = ownerIn[table]
  const person = owner === undefined ? sql`created_by` : sql`coalesce(${sql.identifier(owner)}, created_by)`
  const rows = await database.transaction((tx) =>
    tx.db.execute<{ id: string; person: string | null }>(sql`select id, ${person} as person from ${tableNamed(table)}`),
  )
  return new Map(rows.map(({ id, person: whose }) => [id, whose]))
}

async function pagesOf(desk: Desk, list: AnyList, query: object): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null | undefined
  do {
    const page = await list.page(desk.read, { ...query, ...(cursor !== undefined && { cursor }) })
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  return ids
}

function limitsTo(people: readonly string[]) {
  const see = Object.fromEntries(LimitedKind.options.map((kind) => [kind, people]))
  return { see, change: see }
}

function tableNamed(name: string) {
  return sql`${sql.identifier('crm')}.${sql.identifier(name)}`
}

function byName(name: string): AnyList {
  const list = lists.find((candidate) => candidate.name === name)
  if (!list) throw new Error(`there is no list of ${name}`)
  return list
}
