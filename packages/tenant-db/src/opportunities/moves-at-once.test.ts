import type { StageId } from '@tenantry/contracts/ids'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { beforeEach, expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'
import { longestRank } from './board-rank.ts'
import { cardsIn, namesIn, stageOf } from './cards.fixture.ts'

inEveryPlacement((placement) => {
  let pipeline: Pipeline
  let inquiry: StageId
  let proposal: StageId

  beforeEach(async () => {
    pipeline = await placement().mine.write((db) => db.pipelines.create(pipelineInput()))
    inquiry = stageOf(pipeline, 'Inquiry')
    proposal = stageOf(pipeline, 'Proposal')
  })

  test('cards that are put into one gap at once get ranks of their own', async () => {
    const { mine } = placement()
    const [above, below] = await cardsIn(mine, proposal, '<>')
    const cards = await cardsIn(mine, inquiry, 'ABCDEFGHIJ')
    const moved = await Promise.all(
      cards.map(({ id, version }) =>
        mine.write((db) => db.opportunities.move({ id, version, stageId: proposal, afterId: above?.id ?? null })),
      ),
    )
    const ranks = [above, below, ...moved].map((card) => card?.boardRank ?? '')
    expect(new Set(ranks)).toHaveProperty('size', 12)
    expect(await namesIn(mine, pipeline, proposal)).toMatch(/^<[A-J]{10}>$/)
  })

  test('cards that change places between two stages at once all arrive', async () => {
    const { mine } = placement()
    const there = await cardsIn(mine, inquiry, 'ABCDE')
    const back = await cardsIn(mine, proposal, 'VWXYZ')
    const moves = [...there.map((card) => [card, proposal] as const), ...back.map((card) => [card, inquiry] as const)]
    await Promise.all(
      moves.map(([{ id, version }, stageId]) =>
        mine.write((db) => db.opportunities.move({ id, version, stageId, afterId: null })),
      ),
    )
    expect(await namesIn(mine, pipeline, proposal)).toMatch(/^[A-E]{5}$/)
    expect(await namesIn(mine, pipeline, inquiry)).toMatch(/^[V-Z]{5}$/)
  })

  test('of moves of one card at once exactly one wins', async () => {
    const { mine } = placement()
    const [card] = await cardsIn(mine, inquiry, 'A')
    if (!card) throw new Error('a card was asked for')
    const attempts = await Promise.allSettled(
      ['Proposal', 'Won', 'Proposal', 'Won'].map((stage) =>
        mine.write((db) => db.opportunities.move({ id: card.id, version: 1, stageId: stageOf(pipeline, stage) })),
      ),
    )
    const refusals = attempts.filter((attempt) => attempt.status === 'rejected')
    expect(refusals.map(({ reason }: { reason: { code?: string } }) => reason.code)).toEqual(
      Array(3).fill('STALE_WRITE'),
    )
    expect(await mine.read.opportunities.byId(card.id)).toMatchObject({ version: 2 })
  })

  test('after hundreds of moves into the same gap the order still holds, and nobody else’s card has a new version', async () => {
    const { mine } = placement()
    const [a, b, c] = await cardsIn(mine, inquiry, 'ABC')
    if (!a || !b || !c) throw new Error('three cards were asked for')
    const versions = { [b.id]: 1, [c.id]: 1 }
    const ranks: string[] = []
    // B and C are put under A in turns, each time into the gap above the other.
    for (let count = 0; count < 260; count++) {
      const { id } = count % 2 === 0 ? c : b
      const moved = await mine.write((db) =>
        db.opportunities.move({ id, version: versions[id] ?? 0, stageId: inquiry, afterId: a.id }),
      )
      versions[id] = moved.version
      ranks.push(moved.boardRank)
    }
    expect(await namesIn(mine, pipeline, inquiry)).toBe('ABC')
    expect(ranks.every((rank) => rank.length <= longestRank)).toBe(true)
    // Ranks grow with each move and become short again.
    expect(Math.max(...ranks.map((rank) => rank.length))).toBeGreaterThan(longestRank / 2)
    expect(await mine.read.opportunities.byId(a.id)).toMatchObject({ version: 1 })
  })
})
