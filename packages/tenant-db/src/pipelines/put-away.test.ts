import type { Pipeline } from '@tenantry/contracts/pipelines'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  beforeAll(async () => {
    await create(placement().mine, 'Default')
  })

  test('a pipeline goes into the archive and comes back as it was', async () => {
    const { mine } = placement()
    const made = await create(mine, 'Seasonal')
    const archived = await mine.write((db) => db.pipelines.archive(made))
    expect(archived).toMatchObject({ archivedAt: archived.updatedAt, version: 2 })
    expect(await idsOf(mine, 'archived')).toContain(made.id)
    expect(await idsOf(mine, 'active')).not.toContain(made.id)
    const back = await mine.write((db) => db.pipelines.unarchive(archived))
    expect(back).toEqual({ ...made, version: 3, updatedAt: back.updatedAt })
  })

  test('a pipeline goes into the bin and comes back as it was', async () => {
    const { mine } = placement()
    const made = await create(mine, 'Mistake')
    const removed = await mine.write((db) => db.pipelines.remove(made))
    expect(await idsOf(mine, 'deleted')).toContain(made.id)
    const back = await mine.write((db) => db.pipelines.restore(removed))
    expect(back).toEqual({ ...made, version: 3, updatedAt: back.updatedAt })
  })

  test('the default pipeline is neither archived nor removed, also not by undoing', async () => {
    const { mine } = placement()
    const standard = (await mine.read.pipelines.list())[0]
    if (standard === undefined) throw new Error('there is no default pipeline')
    const refusal = { code: 'RULE_VIOLATED', data: { field: 'isDefault' } }
    await expect(mine.write((db) => db.pipelines.archive(standard))).rejects.toMatchObject(refusal)
    await expect(mine.write((db) => db.pipelines.remove(standard))).rejects.toMatchObject(refusal)
    const { rows } = await mine.read.pipelines.timeline(standard.id, { limit: 200 })
    const made = rows.at(-1)
    await expect(mine.write((db) => db.pipelines.undo(standard.id, made?.id ?? ''))).rejects.toMatchObject(refusal)
    expect(await mine.read.pipelines.byId(standard.id)).toEqual(standard)
  })

  test('a pipeline with opportunities stays until they are gone', async () => {
    const { mine } = placement()
    const made = await create(mine, 'Busy')
    const card = await mine.write((db) => db.opportunities.create(opportunityInput({ stageId: made.stages[0]?.id })))
    await expect(mine.write((db) => db.pipelines.remove(made))).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    await mine.write((db) => db.opportunities.remove(card))
    expect(await mine.write((db) => db.pipelines.remove(made))).toMatchObject({ version: 2 })
  })

  test('a pipeline that has changed since is neither put away nor taken back', async () => {
    const { mine } = placement()
    const made = await create(mine, 'Stale')
    await mine.write((db) => db.pipelines.patch({ id: made.id, version: 1, patch: { name: 'Fresh' } }))
    for (const act of ['archive', 'unarchive', 'remove', 'restore'] as const) {
      await expect(mine.write((db) => db.pipelines[act](made))).rejects.toMatchObject({
        code: 'STALE_WRITE',
        data: { changed: { name: 'Fresh' } },
      })
    }
  })

  test('a pipeline of another tenant cannot be put away', async () => {
    const { mine, theirs } = placement()
    await create(theirs, 'Default')
    const foreign = await create(theirs, 'Theirs')
    for (const act of ['archive', 'unarchive', 'remove', 'restore'] as const) {
      await expect(mine.write((db) => db.pipelines[act](foreign))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await theirs.read.pipelines.byId(foreign.id)).toEqual(foreign)
  })
})

function create(desk: Desk, name: string): Promise<Pipeline> {
  return desk.write((db) => db.pipelines.create(pipelineInput({ name })))
}

async function idsOf(desk: Desk, show: 'active' | 'archived' | 'deleted') {
  const ids = (await desk.read.pipelines.list({ show })).map(({ id }) => id)
  expect(await desk.read.pipelines.count({ show })).toEqual({ count: ids.length, capped: false })
  return ids
}
