import { TaskListQuery } from '@tenantry/contracts/tasks'
import { accountInput } from '@tenantry/testing/factories/account'
import { taskInput } from '@tenantry/testing/factories/task'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a task that is done remembers since when and by whom, and forgets it when it is taken up again', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) => db.tasks.create(taskInput()))
    const setTo = (version: number, status: 'open' | 'done' | 'in_progress') =>
      mine.write((db) => db.tasks.patch({ id, version, patch: { status } }))
    const done = await setTo(1, 'done')
    expect(done).toMatchObject({ completedAt: done.updatedAt, completedBy: mine.person.id })
    expect(
      await mine.write((db) => db.tasks.patch({ id, version: 2, patch: { status: 'done', outcome: 'Well' } })),
    ).toMatchObject({
      completedAt: done.completedAt,
    })
    expect(await setTo(3, 'in_progress')).toMatchObject({ completedAt: null, completedBy: null })
    const [reopening] = (await mine.read.tasks.timeline(id, { limit: 1 })).rows
    const undone = await mine.write((db) => db.tasks.undo(id, reopening?.id ?? ''))
    expect(undone).toMatchObject({ status: 'done', completedAt: done.completedAt })
  })

  test('a task that is entered as done is done', async () => {
    const { mine } = placement()
    const task = await mine.write((db) => db.tasks.create(taskInput({ status: 'done' })))
    expect(task).toMatchObject({ completedAt: task.createdAt, completedBy: mine.person.id })
  })

  test('tasks are found by who has to do them, until when, and what they are about', async () => {
    const { mine, theirs } = placement()
    const account = await mine.write((db) => db.accounts.create(accountInput({ name: 'Lumen' })))
    const about = { entity: 'account' as const, id: account.id }
    const task = await mine.write((db) =>
      db.tasks.create(taskInput({ dueOn: '2027-01-05', assigneeId: mine.person.id, priority: 'high', links: [about] })),
    )
    expect(task).toMatchObject({ assigneeName: mine.person.name, links: [{ ...about, name: 'Lumen' }] })
    const found = async (desk: typeof mine, filters: object) =>
      (await desk.read.tasks.list(TaskListQuery.parse({ filters }))).rows.map(({ id }) => id)
    for (const filters of [
      { about },
      { assigneeId: mine.person.id },
      { dueFrom: '2027-01-05', dueUntil: '2027-01-05' },
      { priority: ['high'] },
    ])
      expect(await found(mine, filters)).toEqual([task.id])
    expect(await found(mine, { about, status: ['done'] })).toEqual([])
    expect(await found(mine, { about: { entity: 'contact', id: account.id } })).toEqual([])
    expect(await found(theirs, { about })).toEqual([])
  })
})
