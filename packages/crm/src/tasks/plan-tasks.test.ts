import type { EventDateId, TaskId } from '@tenantry/contracts/ids'
import type { TaskTemplateInput } from '@tenantry/contracts/task-templates'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { accountInput } from '@tenantry/testing/factories/account'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { taskTemplateInput } from '@tenantry/testing/factories/task-template'
import { inEveryPlacement, type Desk } from '@tenantry/testing/placements'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { planTasks } from './plan-tasks.ts'

type Items = z.input<typeof TaskTemplateInput>['items']

inEveryPlacement((placement) => {
  test('an event gets the tasks of a template, each so many days from its beginning or its end', async () => {
    const { mine } = placement()
    const { event } = await eventOn(mine, { localDate: '2027-06-12', endTime: '02:00', endsNextDay: true })
    const tasks = await plan(mine, event.id, [
      { title: 'Guest list', offsetDays: -30, assigneeId: mine.person.id, dueTime: '17:30', remindDaysBefore: [7, 1] },
      { title: 'Say thanks', offsetDays: 3, anchor: 'event_end', priority: 'high' },
    ])
    expect(tasks).toMatchObject([
      {
        title: 'Guest list',
        dueOn: '2027-05-13',
        dueTime: '17:30:00',
        timeZone: 'Europe/Berlin',
        anchor: 'event_start',
        anchorOffsetDays: -30,
        anchoredOn: '2027-06-12',
        assigneeName: mine.person.name,
        remindDaysBefore: [7, 1],
        links: [{ entity: 'event', id: event.id }],
      },
      // The party ends on the day after it began.
      { title: 'Say thanks', dueOn: '2027-06-16', anchor: 'event_end', anchoredOn: '2027-06-13', priority: 'high' },
    ])
  })

  test('when the event is moved, the tasks that nobody has touched move along and remember it; all others stay', async () => {
    const { mine } = placement()
    const { event, date } = await eventOn(mine, { localDate: '2027-06-12' })
    const item = (title: string) => ({ title, offsetDays: -10 })
    const [open, begun, done, moved, binned] = await plan(
      mine,
      event.id,
      ['open', 'begun', 'done', 'moved', 'binned'].map(item),
    )
    if (!open || !begun || !done || !moved || !binned) throw new Error('five tasks were planned')
    await mine.write(async (db) => {
      await db.tasks.patch({ id: begun.id, version: 1, patch: { status: 'in_progress' } })
      await db.tasks.patch({ id: done.id, version: 1, patch: { status: 'done' } })
      await db.tasks.patch({ id: moved.id, version: 1, patch: { dueOn: '2027-06-05' } })
      await db.tasks.remove({ id: binned.id, version: 1 })
      await db.tasks.patch({ id: open.id, version: 1, patch: { description: 'Seen' } })
    })
    const patch = (version: number, localDate: string) =>
      mine.write((db) => db.eventDates.patch({ id: date.id, version, patch: { localDate } }))
    await patch(1, '2027-07-10')
    const dueOn = async ({ id }: { id: typeof open.id }) => (await mine.read.tasks.byId(id)).dueOn
    expect(await dueOn(open)).toBe('2027-06-30')
    expect([await dueOn(begun), await dueOn(done), await dueOn(moved), await dueOn(binned)]).toEqual([
      '2027-06-02',
      '2027-06-02',
      '2027-06-05',
      '2027-06-02',
    ])
    const [line] = (await mine.read.tasks.timeline(open.id, { limit: 1 })).rows
    expect(line).toMatchObject({ action: 'moved', diff: { dueOn: { from: '2027-06-02', to: '2027-06-30' } } })
    const [change] = (await mine.read.eventDates.timeline(date.id, { limit: 1 })).rows
    await mine.write((db) => db.eventDates.undo(date.id, change?.id ?? ''))
    expect(await dueOn(open)).toBe('2027-06-02')
  })

  test('a task of an event without a date has none either, until the event gets one', async () => {
    const { mine } = placement()
    const event = await anEvent(mine)
    const [task] = await plan(mine, event.id, [{ title: 'Call', offsetDays: -1 }])
    if (!task) throw new Error('a task was planned')
    expect(task).toMatchObject({ dueOn: null, anchoredOn: null })
    await mine.write((db) => db.eventDates.create(eventDateInput({ eventId: event.id, localDate: '2027-03-29' })))
    expect((await mine.read.tasks.byId(task.id)).dueOn).toBe('2027-03-28')
  })

  test('days are counted by the calendar and reminders by the clock of the place, on nights when clocks change as well', async () => {
    const { mine } = placement()
    // In Berlin the clocks go forward on 28 March 2027, at two in the morning.
    const { event, date } = await eventOn(mine, { localDate: '2027-03-29' })
    const items = [{ title: 'Load', offsetDays: -1, dueTime: '02:30', remindDaysBefore: [1, 0] }]
    await plan(mine, event.id, items)
    const reminders = async (from: string, until: string) =>
      (await mine.read.tasks.reminders({ from: `${from}T00:00:00Z`, until: `${until}T00:00:00Z` })).map(
        ({ title, remindAt }) => `${title} ${remindAt}`,
      )
    // Half past two does not exist on that night: Postgres takes it for half past three, as every calendar does.
    expect(await reminders('2027-03-25', '2027-04-01')).toEqual([
      'Load 2027-03-27T01:30:00Z',
      'Load 2027-03-28T01:30:00Z',
    ])
    await mine.write((db) => db.eventDates.patch({ id: date.id, version: 1, patch: { localDate: '2027-04-11' } }))
    expect(await reminders('2027-03-25', '2027-04-01')).toEqual([])
    expect(await reminders('2027-04-01', '2027-04-30')).toEqual([
      'Load 2027-04-09T00:30:00Z',
      'Load 2027-04-10T00:30:00Z',
    ])
    expect(
      await placement().theirs.read.tasks.reminders({ from: '2027-04-01T00:00:00Z', until: '2027-04-30T00:00:00Z' }),
    ).toEqual([])
  })

  test('nobody is reminded of what is finished or put away, and in the morning of what has no time', async () => {
    const { mine } = placement()
    const { event } = await eventOn(mine, { localDate: '2028-02-10' })
    const item = (title: string) => ({ title, offsetDays: 0, remindDaysBefore: [0] })
    const [open, done, binned] = await plan(mine, event.id, ['open', 'done', 'binned'].map(item))
    if (!open || !done || !binned) throw new Error('three tasks were planned')
    await mine.write((db) => db.tasks.patch({ id: done.id, version: 1, patch: { status: 'done' } }))
    await mine.write((db) => db.tasks.remove({ id: binned.id, version: 1 }))
    const query = { from: '2028-02-10T00:00:00Z', until: '2028-02-11T00:00:00Z' }
    expect(await mine.read.tasks.reminders(query)).toMatchObject([{ id: open.id, remindAt: '2028-02-10T08:00:00Z' }])
    // The end of a span is the beginning of the next one.
    const edge = { from: '2028-02-10T00:00:00Z', until: '2028-02-10T08:00:00Z' }
    expect(await mine.read.tasks.reminders(edge)).toEqual([])
    expect(await mine.read.tasks.reminders({ ...query, from: edge.until })).toHaveLength(1)
  })

  test('a template that is planned again, be it by many at once, adds only what the event does not have yet', async () => {
    const { mine } = placement()
    const event = await anEvent(mine)
    const items = ['Call', 'Call', 'Pack'].map((title) => ({ title, offsetDays: -2 }))
    const template = await mine.write((db) => db.taskTemplates.create(taskTemplateInput({ items })))
    const again = () => mine.write((db) => planTasks(db, { templateId: template.id, eventId: event.id }))
    const made = (await Promise.all(Array.from({ length: 6 }, again))).flat()
    expect(made.map(({ title }) => title).toSorted()).toEqual(['Call', 'Call', 'Pack'])
    const [done, binned] = made
    if (!done || !binned) throw new Error('three tasks were planned')
    await mine.write(async (db) => {
      await db.tasks.patch({ id: done.id, version: 1, patch: { status: 'done', dueOn: '2027-01-01' } })
      await db.tasks.remove({ id: binned.id, version: 1 })
      const [more] = taskTemplateInput({ items: [{ title: 'Thank', offsetDays: 2, anchor: 'event_end' }] }).items
      if (more)
        await db.taskTemplates.patch({ id: template.id, version: 1, patch: { items: [...template.items, more] } })
    })
    expect((await again()).map(({ title }) => title)).toEqual([binned.title, 'Thank'])
    expect(await again()).toEqual([])
  })

  test('tasks that are planned in the moment in which their event is moved are counted from where it is then', async () => {
    const { mine } = placement()
    const items = [{ title: 'Pack', offsetDays: -1 }]
    const dueOf = async ([task]: { id: TaskId }[]) => task && (await mine.read.tasks.byId(task.id)).dueOn
    const move = (db: TenantDb, { id }: { id: EventDateId }) =>
      db.eventDates.patch({ id, version: 1, patch: { localDate: '2027-09-10' } })

    const planned = await eventOn(mine, { localDate: '2027-06-12' })
    const { id: templateId } = await mine.write((db) => db.taskTemplates.create(taskTemplateInput({ items })))
    let moving: Promise<unknown> | undefined
    const first = await mine.write(async (db) => {
      const tasks = await planTasks(db, { templateId, eventId: planned.event.id })
      moving = mine.write((other) => move(other, planned.date))
      await sleep(150)
      return tasks
    })
    await moving
    expect(await dueOf(first)).toBe('2027-09-09')

    const moved = await eventOn(mine, { localDate: '2027-06-12' })
    let planning: Promise<{ id: TaskId }[]> | undefined
    await mine.write(async (db) => {
      await move(db, moved.date)
      planning = mine.write((other) => planTasks(other, { templateId, eventId: moved.event.id }))
      await sleep(150)
    })
    expect(await dueOf((await planning) ?? [])).toBe('2027-09-09')
  })

  test('nothing is planned for what is put away, nor for or by what another tenant has', async () => {
    const { mine, theirs } = placement()
    const event = await anEvent(mine)
    const template = await mine.write((db) => db.taskTemplates.create(taskTemplateInput()))
    const foreign = await theirs.write((db) => db.taskTemplates.create(taskTemplateInput()))
    const at = (templateId: typeof template.id, eventId = event.id) =>
      mine.write((db) => planTasks(db, { templateId, eventId }))
    await expect(at(foreign.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(at(template.id, (await anEvent(theirs)).id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await mine.write((db) => db.taskTemplates.archive(template))
    await expect(at(template.id)).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'templateId' } })
    await mine.write((db) => db.taskTemplates.unarchive({ id: template.id, version: 2 }))
    await mine.write((db) => db.events.remove(event))
    await expect(at(template.id)).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'eventId' } })
  })
})

async function anEvent(desk: Desk) {
  return desk.write(async (db) => {
    const { id: accountId } = await db.accounts.create(accountInput())
    return db.events.create(eventInput({ accountId, timeZone: 'Europe/Berlin' }))
  })
}

async function eventOn(desk: Desk, on: Partial<Parameters<typeof eventDateInput>[0]>) {
  const event = await anEvent(desk)
  const input = eventDateInput({ eventId: event.id, timeZone: 'Europe/Berlin', ...on })
  return { event, date: await desk.write((db) => db.eventDates.create(input)) }
}

async function plan(desk: Desk, eventId: Awaited<ReturnType<typeof anEvent>>['id'], items: Items) {
  return desk.write(async (db) => {
    const { id: templateId } = await db.taskTemplates.create(taskTemplateInput({ items }))
    return planTasks(db, { templateId, eventId })
  })
}
