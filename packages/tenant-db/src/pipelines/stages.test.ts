import type { OpportunityId, StageId } from '@tenantry/contracts/ids'
import type { Pipeline, Stage, StageEntry } from '@tenantry/contracts/pipelines'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('stages are renamed, added, removed and put in another order at once, and the history names each', async () => {
    const { mine } = placement()
    const made = await create(mine)
    const [inquiry, proposal, won, lost] = entriesOf(made)
    const edited = await edit(mine, made, [
      { ...proposal, name: 'Offer', probability: 60 },
      { ...inquiry },
      { name: 'Contract out', kind: 'open', probability: 80, forecastCategory: 'commit', rotAfterDays: 7 },
      { ...won },
      { ...lost },
    ])
    expect(edited.stages).toMatchObject([
      { id: proposal.id, name: 'Offer', probability: 60, position: 0, version: 2 },
      { id: inquiry.id, name: 'Inquiry', position: 1 },
      { name: 'Contract out', position: 2, forecastCategory: 'commit', version: 1 },
      { id: won.id, position: 3 },
      { id: lost.id, position: 4 },
    ])
    expect(await mine.read.pipelines.byId(made.id)).toEqual(edited)
    const [line] = (await mine.read.pipelines.timeline(made.id, { limit: 1 })).rows
    expect(line).toMatchObject({
      action: 'changed',
      diff: {
        stages: { from: [{ id: inquiry.id }, {}, {}, {}], to: [{ id: proposal.id, name: 'Offer' }, {}, {}, {}, {}] },
      },
    })
  })

  test('the same stages in the same order are no change', async () => {
    const { mine } = placement()
    const made = await create(mine)
    expect(await edit(mine, made, entriesOf(made))).toEqual(made)
  })

  test('an empty stage goes, comes back by undo as the row it was, and can go again', async () => {
    const { mine } = placement()
    const made = await create(mine)
    const [inquiry, , won, lost] = entriesOf(made)
    const without = await edit(mine, made, [inquiry, won, lost])
    const back = await undoNewest(mine, without)
    expect(back.stages.map(({ id, position }) => [id, position])).toEqual(
      made.stages.map(({ id, position }) => [id, position]),
    )
    expect((await edit(mine, back, [inquiry, won, lost])).stages).toHaveLength(3)
  })

  test('a stage with an opportunity in it stays, and says what to do', async () => {
    const { mine } = placement()
    const made = await create(mine)
    const [inquiry, proposal, won, lost] = entriesOf(made)
    await enter(mine, proposal.id)
    await expect(edit(mine, made, [inquiry, won, lost])).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      message: 'Move the opportunities out of «Proposal» before you remove it.',
      data: { field: 'stages' },
    })
    expect(await mine.read.pipelines.byId(made.id)).toEqual(made)
  })

  test('of a card that enters a stage and an edit that removes it at the same time, one is refused', async () => {
    const { mine } = placement()
    const made = await create(mine)
    const [inquiry, proposal, won, lost] = entriesOf(made)
    const attempts = [enter(mine, proposal.id), edit(mine, made, [inquiry, won, lost])]
    const outcomes = await Promise.allSettled<unknown>(attempts)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('the kind of a stage cannot change under its opportunities', async () => {
    const { mine } = placement()
    const made = await create(mine)
    const [inquiry, proposal, won, lost] = entriesOf(made)
    const changed = { ...proposal, kind: 'won', probability: 100 } as const
    await expect(edit(mine, made, [inquiry, changed, won, lost])).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('a stage of another pipeline, and one of another tenant, cannot be taken over', async () => {
    const { mine, theirs } = placement()
    const made = await create(mine)
    const before = await create(theirs)
    for (const foreign of [(await create(mine)).stages[0], before.stages[0]]) {
      const stages = [...entriesOf(made), { ...entriesOf(made)[0], id: foreign?.id as StageId, name: 'Taken' }]
      await expect(edit(mine, made, stages)).rejects.toMatchObject({
        code: 'RULE_VIOLATED',
      })
    }
    expect(await theirs.read.pipelines.byId(before.id)).toEqual(before)
  })

  test('an archived or removed pipeline takes no opportunity', async () => {
    const { mine } = placement()
    const made = await create(mine)
    const stage = made.stages[0]?.id ?? (v7() as StageId)
    const archived = await mine.write((db) => db.pipelines.archive(made))
    await expect(enter(mine, stage)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    await mine.write((db) => db.pipelines.remove(archived))
    await expect(enter(mine, stage)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })
})

type Entries = [WithId, WithId, WithId, WithId]
type WithId = StageEntry & { id: StageId }

function entriesOf({ stages }: Pipeline): Entries {
  const entries = stages.map(({ id, name, kind, probability, forecastCategory, rotAfterDays, color }: Stage) => ({
    id,
    name,
    kind,
    probability,
    forecastCategory,
    rotAfterDays,
    color,
  }))
  // The factory makes four.
  return entries as Entries
}

/** Beside the default one, so that it may go. */
async function create(desk: Desk): Promise<Pipeline> {
  const all = await desk.read.pipelines.list()
  if (all.length === 0) await desk.write((db) => db.pipelines.create(pipelineInput({ name: 'Default' })))
  return desk.write((db) => db.pipelines.create(pipelineInput()))
}

function edit(desk: Desk, { id, version }: Pipeline, stages: StageEntry[]): Promise<Pipeline> {
  return desk.write((db) => db.pipelines.patch({ id, version, patch: { stages } }))
}

async function enter(desk: Desk, stageId: StageId): Promise<OpportunityId> {
  const { id } = await desk.write((db) => db.opportunities.create(opportunityInput({ stageId })))
  return id
}

async function undoNewest(desk: Desk, { id }: Pipeline): Promise<Pipeline> {
  const [line] = (await desk.read.pipelines.timeline(id, { limit: 1 })).rows
  return desk.write((db) => db.pipelines.undo(id, line?.id ?? ''))
}
