import { statement } from '@tenantry/connections/statement'
import type { PipelineId, StageId } from '@tenantry/contracts/ids'
import { OpportunityBoardQuery, type Opportunity } from '@tenantry/contracts/opportunities'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { cardsIn, stageOf } from './cards.fixture.ts'

inEveryPlacement((placement) => {
  let first: Pipeline
  let second: Pipeline

  beforeAll(async () => {
    const { mine } = placement()
    first = await mine.write((db) => db.pipelines.create(pipelineInput()))
    second = await mine.write((db) => db.pipelines.create(pipelineInput({ name: 'Second' })))
  })

  const board = (query: Partial<OpportunityBoardQuery> = {}) =>
    placement().mine.read.opportunities.board(OpportunityBoardQuery.parse(query))
  const pipeline = (name: string) => placement().mine.write((db) => db.pipelines.create(pipelineInput({ name })))

  test('a board shows the stages in order, empty ones too, as the default pipeline or a named one has them', async () => {
    for (const [query, { id, stages }] of [
      [{}, first],
      [{ pipelineId: second.id }, second],
    ] as const) {
      expect(await board(query)).toEqual({
        pipelineId: id,
        columns: stages.map(({ id: stageId, name, kind, color, probability, rotAfterDays }) => ({
          stageId,
          name,
          kind,
          color,
          probability,
          rotAfterDays,
          count: 0,
          totals: [],
          cards: [],
        })),
      })
    }
  })

  test('a column shows its cards by rank as the opportunities they are', async () => {
    const { mine } = placement()
    const { id: pipelineId, ...made } = await pipeline('Cards')
    const stageId = stageOf({ id: pipelineId, ...made }, 'Inquiry')
    const cards = await cardsIn(mine, stageId, 'ABC')
    expect(await columnOf(board({ pipelineId }), stageId)).toMatchObject({ count: 3, cards })
  })

  test('the board of a limited member is that of their own cards, counts and totals too', async () => {
    const { mine } = placement()
    const made = await pipeline('Own')
    const stageId = stageOf(made, 'Inquiry')
    const seeing = (people: string[]) => ({ see: { opportunity: people }, change: { opportunity: people } })
    const [colleague, nobody] = [await mine.limited((person) => seeing([person])), await mine.limited(() => seeing([]))]
    const card = async (desk: Desk, ownerId: typeof mine.person.id | null) =>
      (await desk.write((db) => db.opportunities.create(opportunityInput({ stageId, ownerId, amountMinor: 100 })))).id
    await card(mine, null)
    await card(mine, mine.person.id)
    const own = [await card(mine, colleague.person.id), await card(colleague, null)]
    const shown = async ({ read }: Desk, limitPerStage: number) =>
      columnOf(read.opportunities.board(OpportunityBoardQuery.parse({ pipelineId: made.id, limitPerStage })), stageId)
    const column = await shown(colleague, 10)
    expect(column?.cards.map(({ id }) => id).toSorted()).toEqual(own.toSorted())
    expect(column).toMatchObject({ count: 2, totals: [{ amountMinor: 200 }] })
    expect((await shown(colleague, 1))?.cards).toEqual(column?.cards.slice(0, 1))
    expect(await shown(nobody, 10)).toMatchObject({ count: 0, totals: [], cards: [] })
    expect(await shown(mine, 10)).toMatchObject({ count: 4 })
  })

  test('counts and totals are of the whole stage, amounts of each currency by themselves', async () => {
    const { mine } = placement()
    const made = await pipeline('Totals')
    const stageId = stageOf(made, 'Proposal')
    const amounts = [
      [100, 'USD'],
      [250, 'USD'],
      [70, 'EUR'],
      [0, 'EUR'],
    ] as const
    for (const [amountMinor, currency] of amounts) {
      await mine.write((db) => db.opportunities.create(opportunityInput({ stageId, amountMinor, currency })))
    }
    const column = await columnOf(board({ pipelineId: made.id, limitPerStage: 1 }), stageId)
    expect(column).toMatchObject({
      count: 4,
      totals: [
        { currency: 'EUR', amountMinor: 70, expectedMinor: 35 },
        { currency: 'USD', amountMinor: 350, expectedMinor: 175 },
      ],
    })
    expect(column?.cards).toHaveLength(1)
  })

  test('a search and an owner narrow cards, counts and totals alike', async () => {
    const { mine } = placement()
    const made = await pipeline('Narrowed')
    const stageId = stageOf(made, 'Inquiry')
    const create = (name: string, ownerId: string | null) =>
      mine.write((db) => db.opportunities.create(opportunityInput({ name, ownerId, stageId, amountMinor: 10 })))
    const gala = await create('100 % GALA', mine.person.id)
    const dance = await create('Gala dance', null)
    await create('Wedding', mine.person.id)
    const shown = async (query: Partial<OpportunityBoardQuery>) =>
      (await columnOf(board({ pipelineId: made.id, ...query }), stageId)) ?? { cards: [], count: -1, totals: [] }
    expect(await shown({ search: 'gala' })).toMatchObject({ count: 2, cards: [gala, dance] })
    expect(await shown({ search: '%' })).toMatchObject({ count: 1, cards: [gala], totals: [{ amountMinor: 10 }] })
    expect(await shown({ search: 'gala', ownerId: mine.person.id })).toMatchObject({ count: 1, cards: [gala] })
    expect(await shown({ search: 'zebra' })).toMatchObject({ count: 0, cards: [], totals: [] })
  })

  test('what is archived or in the bin is not on the board', async () => {
    const { mine } = placement()
    const made = await pipeline('Away')
    const stageId = stageOf(made, 'Inquiry')
    const [archived, removed, kept] = await cardsIn(mine, stageId, 'ABC')
    if (!archived || !removed || !kept) throw new Error('three cards were asked for')
    await mine.write((db) => db.opportunities.archive(archived))
    await mine.write((db) => db.opportunities.remove(removed))
    expect(await columnOf(board({ pipelineId: made.id }), stageId)).toMatchObject({ count: 1, cards: [kept] })
  })

  test('a card rots when it has stood longer in its stage than the stage allows, and not after it was closed', async () => {
    const { mine } = placement()
    const made = await pipeline('Rot')
    const [fresh] = await cardsIn(mine, stageOf(made, 'Proposal'), 'F')
    const [old] = await cardsIn(mine, stageOf(made, 'Proposal'), 'O')
    const [anywhere] = await cardsIn(mine, stageOf(made, 'Inquiry'), 'A')
    if (!fresh || !old || !anywhere) throw new Error('three cards were asked for')
    await enteredDaysAgo(mine, old, 15)
    await enteredDaysAgo(mine, fresh, 13)
    await enteredDaysAgo(mine, anywhere, 999)
    const isRotting = async ({ id }: Opportunity) => (await mine.read.opportunities.byId(id)).isRotting
    expect([await isRotting(old), await isRotting(fresh), await isRotting(anywhere)]).toEqual([true, false, false])
    await mine.write((db) => db.opportunities.move({ id: old.id, version: 1, stageId: stageOf(made, 'Won') }))
    expect(await isRotting(old)).toBe(false)
  })

  test('the board of another tenant is not found, like one that does not exist', async () => {
    const { theirs } = placement()
    const foreign = await theirs.write((db) => db.pipelines.create(pipelineInput()))
    for (const pipelineId of [foreign.id, v7() as PipelineId]) {
      await expect(board({ pipelineId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})

async function columnOf(
  shown: Promise<{ columns: { stageId: StageId; cards: Opportunity[]; count: number; totals: object[] }[] }>,
  stageId: StageId,
) {
  return (await shown).columns.find((column) => column.stageId === stageId)
}

async function enteredDaysAgo(desk: Desk, { id }: Opportunity, days: number): Promise<void> {
  await desk.database.transaction((tx) => tx.run(enter, { id, days }))
}

const enter = statement<{ id: string; days: number }, never>((db) =>
  db.execute(sql`
    update crm.opportunities set stage_entered_at = now() - make_interval(days => ${sql.placeholder('days')}::int)
    where id = ${sql.placeholder('id')}`),
)
