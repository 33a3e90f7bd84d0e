import { taskTemplateInput } from '@tenantry/testing/factories/task-template'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a template reads as it was written, is changed by its version, and is listed where it is', async () => {
    const { mine } = placement()
    const input = taskTemplateInput({
      name: 'Gala',
      eventType: 'gala',
      items: [
        { title: 'Call', offsetDays: -7, dueTime: '09:30', assigneeId: mine.person.id, remindDaysBefore: [1] },
        { title: 'Thank', offsetDays: 2, anchor: 'event_end', description: 'By letter' },
      ],
    })
    const created = await mine.write((db) => db.taskTemplates.create(input))
    expect(created).toMatchObject({ ...input, version: 1 })
    expect(await mine.read.taskTemplates.byId(created.id)).toEqual(created)
    const { id } = created
    const patched = await mine.write((db) => db.taskTemplates.patch({ id, version: 1, patch: { name: 'Big gala' } }))
    expect(patched).toMatchObject({ name: 'Big gala', items: input.items, version: 2 })
    const stale = mine.write((db) => db.taskTemplates.patch({ id, version: 1, patch: { name: 'Late' } }))
    await expect(stale).rejects.toMatchObject({ code: 'STALE_WRITE', data: { changed: { name: 'Big gala' } } })
    const names = async (show: 'active' | 'archived' | 'deleted') => {
      const found = (await mine.read.taskTemplates.list({ show })).map(({ name }) => name)
      expect(await mine.read.taskTemplates.count({ show })).toEqual({ count: found.length, capped: false })
      return found
    }
    expect(await names('active')).toEqual(['Big gala'])
    await mine.write((db) => db.taskTemplates.archive({ id, version: 2 }))
    expect([await names('active'), await names('archived')]).toEqual([[], ['Big gala']])
    await mine.write((db) => db.taskTemplates.unarchive({ id, version: 3 }))
    await mine.write((db) => db.taskTemplates.remove({ id, version: 4 }))
    expect([await names('active'), await names('deleted')]).toEqual([[], ['Big gala']])
    await mine.write((db) => db.taskTemplates.restore({ id, version: 5 }))
    expect(await names('active')).toEqual(['Big gala'])
    const { rows } = await mine.read.taskTemplates.timeline(id, { limit: 10 })
    expect(
      rows
        .map(({ action }) => action)
        .toReversed()
        .join(' '),
    ).toBe('created changed archived unarchived deleted restored')
    const renamed = rows.find(({ action }) => action === 'changed')?.id ?? ''
    expect(await mine.write((db) => db.taskTemplates.undo(id, renamed))).toMatchObject({ name: 'Gala', version: 7 })
    await expect(mine.write((db) => db.taskTemplates.undo(id, renamed))).rejects.toMatchObject({ code: 'STALE_WRITE' })
  })

  test('a template of another tenant is not there', async () => {
    const { mine, theirs } = placement()
    const { id } = await theirs.write((db) => db.taskTemplates.create(taskTemplateInput({ name: 'Theirs' })))
    const ways = [
      () => mine.read.taskTemplates.byId(id),
      () => mine.read.taskTemplates.timeline(id, { limit: 10 }),
      () => mine.write((db) => db.taskTemplates.undo(id, '1')),
      () => mine.write((db) => db.taskTemplates.patch({ id, version: 1, patch: { name: 'Taken' } })),
      () => mine.write((db) => db.taskTemplates.archive({ id, version: 1 })),
      () => mine.write((db) => db.taskTemplates.remove({ id, version: 1 })),
    ]
    for (const way of ways) await expect(way()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await mine.read.taskTemplates.list({ show: 'active' })).map(({ name }) => name)).not.toContain('Theirs')
  })
})
