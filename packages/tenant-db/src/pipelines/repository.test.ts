import type { PipelineId } from '@tenantry/contracts/ids'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('before there is a pipeline an opportunity has nowhere to go', async () => {
    const { mine } = placement()
    await expect(mine.write((db) => db.opportunities.create(opportunityInput()))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'stageId' },
    })
  })

  test('a pipeline reads as it was created, with its stages in order', async () => {
    const { mine } = placement()
    const created = await create(mine, 'First', true)
    expect(created).toMatchObject({
      name: 'First',
      isDefault: true,
      position: 0,
      version: 1,
      createdBy: mine.person.id,
    })
    expect(created.stages).toEqual([
      stage(created, 0, { name: 'Inquiry', probability: 10 }),
      stage(created, 1, { name: 'Proposal', probability: 50, forecastCategory: 'best_case', rotAfterDays: 14 }),
      stage(created, 2, { name: 'Won', kind: 'won', probability: 100, forecastCategory: 'closed' }),
      stage(created, 3, { name: 'Lost', kind: 'lost', probability: 0, forecastCategory: 'omitted' }),
    ])
    expect(await mine.read.pipelines.byId(created.id)).toEqual(created)
  })

  test('the first pipeline is the default one, asked for or not, and the others stand behind it in order', async () => {
    const { mine } = placement()
    const before = await mine.read.pipelines.list()
    const [next, last] = [await create(mine, 'Next'), await create(mine, 'Last')]
    expect([next.isDefault, last.isDefault]).toEqual([false, false])
    expect(await mine.read.pipelines.list()).toEqual([...before, next, last])
    expect(before[0]?.isDefault).toBe(true)
  })

  test('when another pipeline becomes the default one, both have it in their history', async () => {
    const { mine } = placement()
    const old = await theDefault(mine)
    const made = await create(mine, 'Made default', true)
    expect(await mine.read.pipelines.byId(old.id)).toMatchObject({ isDefault: false, version: old.version + 1 })
    const back = await mine.write((db) =>
      db.pipelines.patch({ id: old.id, version: old.version + 1, patch: { isDefault: true } }),
    )
    expect(back).toMatchObject({ isDefault: true, version: old.version + 2 })
    const page = { limit: 1 }
    expect((await mine.read.changes.timeline({ entity: 'pipeline', entityId: made.id }, page)).rows).toMatchObject([
      { action: 'changed', diff: { isDefault: { from: true, to: false } }, versionAfter: 2, actorId: mine.person.id },
    ])
    expect((await mine.read.changes.timeline({ entity: 'pipeline', entityId: old.id }, page)).rows).toMatchObject([
      { action: 'changed', diff: { isDefault: { from: false, to: true } } },
    ])
  })

  test('the default pipeline cannot just cease to be it', async () => {
    const { mine } = placement()
    const { id, version } = await theDefault(mine)
    const patch = mine.write((db) => db.pipelines.patch({ id, version, patch: { isDefault: false } }))
    await expect(patch).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'isDefault' } })
  })

  test('when several become the default one at once, one of them is', async () => {
    const { mine } = placement()
    const made = [await create(mine, 'a'), await create(mine, 'b'), await create(mine, 'c')]
    await Promise.all(
      made.map(({ id, version }) =>
        mine.write((db) => db.pipelines.patch({ id, version, patch: { isDefault: true } })),
      ),
    )
    await Promise.all(['d', 'e'].map((name) => create(mine, name, true)))
    const defaults = (await mine.read.pipelines.list()).filter(({ isDefault }) => isDefault)
    expect(defaults).toHaveLength(1)
  })

  test('a stale rename is refused with the name it has now', async () => {
    const { mine } = placement()
    const { id } = await create(mine, 'Old')
    const rename = (version: number, name: string) =>
      mine.write((db) => db.pipelines.patch({ id, version, patch: { name } }))
    await rename(1, 'New')
    await expect(rename(1, 'Newer')).rejects.toMatchObject({ code: 'STALE_WRITE', data: { changed: { name: 'New' } } })
  })

  test('a pipeline of another tenant is not found, like one that does not exist', async () => {
    const { mine, theirs } = placement()
    const foreign = await create(theirs, 'Theirs')
    for (const id of [foreign.id, v7() as PipelineId]) {
      await expect(mine.read.pipelines.byId(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(
        mine.write((db) => db.pipelines.patch({ id, version: 1, patch: { isDefault: true } })),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await theirs.read.pipelines.list()).toEqual([foreign])
  })
})

function create(desk: Desk, name: string, isDefault = false): Promise<Pipeline> {
  return desk.write((db) => db.pipelines.create(pipelineInput({ name, isDefault })))
}

async function theDefault(desk: Desk): Promise<Pipeline> {
  const found = (await desk.read.pipelines.list()).find(({ isDefault }) => isDefault)
  return found ?? create(desk, 'Default', true)
}

function stage({ id }: Pipeline, position: number, more: object) {
  return {
    id: expect.any(String) as string,
    pipelineId: id,
    position,
    kind: 'open',
    forecastCategory: 'pipeline',
    rotAfterDays: null,
    color: null,
    isActive: true,
    version: 1,
    ...more,
  }
}
