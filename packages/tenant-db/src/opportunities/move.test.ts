import type { OpportunityId, StageId } from '@tenantry/contracts/ids'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { v7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'
import { cardsIn, namesIn, stageOf } from './cards.fixture.ts'

inEveryPlacement((placement) => {
  let pipeline: Pipeline
  let inquiry: StageId
  let proposal: StageId
  let won: StageId
  let lost: StageId

  beforeEach(async () => {
    pipeline = await placement().mine.write((db) => db.pipelines.create(pipelineInput()))
    inquiry = stageOf(pipeline, 'Inquiry')
    proposal = stageOf(pipeline, 'Proposal')
    won = stageOf(pipeline, 'Won')
    lost = stageOf(pipeline, 'Lost')
  })

  const move = (
    card: Pick<Opportunity, 'id' | 'version'>,
    to: { stageId: StageId; afterId?: OpportunityId | null; lostReason?: string },
  ) => placement().mine.write((db) => db.opportunities.move({ id: card.id, version: card.version, ...to }))
  const cards = (names: string) => cardsIn(placement().mine, inquiry, names)
  const shown = (stageId: StageId) => namesIn(placement().mine, pipeline, stageId)

  test('a card goes to the top, under another card, or to the end, and only it is written', async () => {
    const [a, b, c, d] = await four(cards)
    await move(d, { stageId: inquiry, afterId: null })
    expect(await shown(inquiry)).toBe('DABC')
    await move(c, { stageId: inquiry, afterId: a.id })
    expect(await shown(inquiry)).toBe('DACB')
    const moved = await move(a, { stageId: inquiry })
    expect(await shown(inquiry)).toBe('DCBA')
    expect(moved).toEqual({ ...a, boardRank: moved.boardRank, version: 2, updatedAt: moved.updatedAt })
    expect(await placement().mine.read.opportunities.byId(b.id)).toEqual(b)
  })

  test('a card that is put where it stands has not moved', async () => {
    const [a, b, , d] = await four(cards)
    expect(await move(d, { stageId: inquiry })).toEqual(d)
    expect((await move(b, { stageId: inquiry, afterId: a.id })).stageId).toBe(inquiry)
    expect(await shown(inquiry)).toBe('ABCD')
  })

  test('entering a stage sets probability, forecast and the time of entry', async () => {
    const [a] = await four(cards)
    const moved = await move(a, { stageId: proposal })
    expect(moved).toMatchObject({
      stageId: proposal,
      stageName: 'Proposal',
      probability: 50,
      forecastCategory: 'best_case',
      stageEnteredAt: moved.updatedAt,
    })
    expect([await shown(inquiry), await shown(proposal)]).toEqual(['BCD', 'A'])
  })

  test('odds that somebody has set stay through open stages and end with the outcome', async () => {
    const [a] = await four(cards)
    const set = await placement().mine.write((db) =>
      db.opportunities.patch({ id: a.id, version: 1, patch: { probability: 33, forecastCategory: 'commit' } }),
    )
    const kept = await move(set, { stageId: proposal })
    expect(kept).toMatchObject({ probability: 33, forecastCategory: 'commit', probabilityOverridden: true })
    const closed = await move(kept, { stageId: won })
    expect(closed).toMatchObject({ probability: 100, forecastCategory: 'closed', probabilityOverridden: false })
  })

  test('a won stage closes the opportunity, and leaving it opens it again', async () => {
    const [a] = await four(cards)
    const closed = await move(a, { stageId: won })
    expect(closed).toMatchObject({ outcome: 'won', closedAt: closed.updatedAt, lostReason: null })
    const open = await move(closed, { stageId: inquiry })
    expect(open).toMatchObject({ outcome: null, closedAt: null, probability: 10, forecastCategory: 'pipeline' })
  })

  test('a lost stage asks for a reason and remembers it until the card leaves', async () => {
    const [a] = await four(cards)
    await expect(move(a, { stageId: lost })).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'lostReason' },
    })
    const closed = await move(a, { stageId: lost, lostReason: 'Too dear' })
    expect(closed).toMatchObject({ outcome: 'lost', lostReason: 'Too dear', probability: 0 })
    expect(await move(closed, { stageId: inquiry })).toMatchObject({ outcome: null, lostReason: null })
  })

  test('a move can be undone, and the card stands where it stood', async () => {
    const [a] = await four(cards)
    const { mine } = placement()
    await move(a, { stageId: won })
    const [change] = (await mine.read.opportunities.timeline(a.id, { limit: 1 })).rows
    expect(change?.action).toBe('moved')
    const undone = await mine.write((db) => db.opportunities.undo(a.id, change?.id ?? ''))
    expect(undone).toEqual({ ...a, version: 3, updatedAt: undone.updatedAt })
    expect(await shown(inquiry)).toBe('ABCD')
  })

  test('a stale move is refused and moves nothing', async () => {
    const [a] = await four(cards)
    await move(a, { stageId: proposal })
    await expect(move(a, { stageId: won })).rejects.toMatchObject({
      code: 'STALE_WRITE',
      data: { currentVersion: 2, changed: { stageId: proposal, probability: 50 } },
    })
    expect([await shown(proposal), await shown(won)]).toEqual(['A', ''])
  })

  test('a card in the bin cannot be moved', async () => {
    const [a] = await four(cards)
    const removed = await placement().mine.write((db) => db.opportunities.remove(a))
    await expect(move(removed, { stageId: proposal })).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('a card cannot stand under one that is not in the stage, of another tenant, or itself', async () => {
    const { theirs } = placement()
    const [a, b] = await four(cards)
    await move(b, { stageId: proposal })
    const foreign = await theirs.write(async (db) => {
      await db.pipelines.create(pipelineInput())
      return db.opportunities.create(opportunityInput())
    })
    for (const afterId of [b.id, foreign.id, v7() as OpportunityId, a.id]) {
      await expect(move(a, { stageId: inquiry, afterId })).rejects.toMatchObject({
        code: 'RULE_VIOLATED',
        message: 'The board has changed in the meantime.',
      })
    }
  })

  test('a stage of another tenant is refused as one that does not exist, and a card of theirs is not found', async () => {
    const { theirs } = placement()
    const [a] = await four(cards)
    const foreign = await theirs.write((db) => db.pipelines.create(pipelineInput()))
    const [card] = await cardsIn(theirs, stageOf(foreign, 'Inquiry'), 'T')
    for (const stageId of [stageOf(foreign, 'Won'), v7() as StageId]) {
      await expect(move(a, { stageId })).rejects.toMatchObject({
        code: 'RULE_VIOLATED',
        message: 'There is no such stage.',
        data: { field: 'stageId' },
      })
    }
    for (const id of [card?.id ?? a.id, v7() as OpportunityId]) {
      await expect(move({ id, version: 1 }, { stageId: proposal })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})

async function four(cards: (names: string) => Promise<Opportunity[]>) {
  const [a, b, c, d] = await cards('ABCD')
  if (!a || !b || !c || !d) throw new Error('four cards were asked for')
  return [a, b, c, d] as const
}
