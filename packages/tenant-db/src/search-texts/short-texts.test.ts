import { statement } from '@tenantry/connections/statement'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { lists } from '../records/lists.fixture.ts'

/** What differs for an index: parts of ASCII, what separates them, case, letters of other scripts, and what is no letter. */
const characters = [
  ...Array.from('abyz059 @.+_-AQ&%\\\'"/'),
  'ä',
  'Ö',
  'ß',
  'İ',
  'ж',
  'Ц',
  '李',
  '中',
  'ش',
  'ن',
  '🎉',
  '\u0001',
  '\t',
]
const character = fc.constantFrom(...characters)
const name = fc.string({ unit: character, minLength: 1, maxLength: 7 }).filter((text) => text.trim() !== '')
/** Rare among many, for what is frequent is walked for. */
const names = fc.sample(name, { seed: 11, numRuns: 60 })
const others = Array.from({ length: 540 }, (_, n) => `Gtime hugs ${n % 7}`)

const sought = fc
  .oneof(
    { weight: 2, arbitrary: fc.string({ unit: character, minLength: 1, maxLength: 2 }) },
    {
      weight: 3,
      arbitrary: fc
        .record({ text: fc.constantFrom(...names), from: fc.nat({ max: 6 }), length: fc.integer({ min: 1, max: 4 }) })
        .map(({ text, from, length }) =>
          Array.from(text)
            .slice(from, from + length)
            .join(''),
        ),
    },
  )
  .map((text) => text.trim())
  .filter((text) => text !== '')
/** Each character by itself, and then what chance makes of them. */
const asked = [
  ...characters.map((text) => text.trim()).filter(Boolean),
  ...fc.sample(sought, { seed: 5, numRuns: 160 }),
]

const sources = lists.filter(({ name: list }) => ['accounts', 'contacts', 'opportunities'].includes(list))

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    for (const desk of [mine, theirs]) {
      await desk.write((db) => db.pipelines.create(pipelineInput()))
      for (const { insert } of sources)
        await desk.database.transaction(async (tx) => {
          await insert(tx, others)
          await insert(tx, names)
        })
    }
  })

  describe.each(sources)('the list of $name', (list) => {
    const answers = statement<{ text: string }, { held: number; known: number | null }>((db) =>
      db.execute<{ held: number; known: number | null }>(sql`
        select (select count(*)::integer from crm.${sql.identifier(list.name)}
            where position(lower(${sql.placeholder('text')}::text) in search_text) > 0) as held,
          (select count(distinct id)::integer
            from unnest(crm.${sql.identifier(`${list.name}_with_text`)}(${sql.placeholder('text')}::text)) as id)
            + case when crm.${sql.identifier(`${list.name}_with_text`)}(${sql.placeholder('text')}::text) is null then null else 0 end
            as known`),
    )
    const answerOf = async (desk: Desk, text: string) => (await desk.database.reader.run(answers, { text }))[0]

    test('finds one letter, two letters and any others exactly where they are', async () => {
      const { mine } = placement()
      let known = 0
      for (const text of asked) {
        const answer = await answerOf(mine, text)
        const { count } = await list.count(mine.read, { search: text })
        expect({ text, count, known: answer?.known ?? answer?.held }).toEqual({
          text,
          count: answer?.held,
          known: answer?.held,
        })
        if (answer?.known != null) known++
      }
      // Else nothing but the walking were tested.
      expect(known).toBeGreaterThan(asked.length / 4)
    })
  })
})
