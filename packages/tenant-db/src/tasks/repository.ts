import type { Executor } from '@tenantry/connections/database'
import type { EventId, TaskId } from '@tenantry/contracts/ids'
import type { Reminder, ReminderQuery, TaskTemplateItem } from '@tenantry/contracts/task-templates'
import type { Task, TaskInput, TaskListQuery, TaskPatch } from '@tenantry/contracts/tasks'
import { withLinks } from '../record-links/links.ts'
import type { Acting } from '../records/acting.ts'
import { createRecord, lockRecord, transactionTime, writeChange } from '../records/change-record.ts'
import type { Fields } from '../records/diff.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { taskListing } from './listing.ts'
import { dueOf, lockPlan } from './move-anchored.ts'
import { plannedTasks, type PlannedTask } from './planned.ts'
import { taskRecord } from './record.ts'
import { dueReminders } from './reminders.ts'

interface TaskTypes {
  id: TaskId
  row: Task
  listed: Task
  query: TaskListQuery
  input: TaskInput
  patch: TaskPatch
}

const parts: RecordParts<TaskTypes> = { record: taskRecord, listing: taskListing, fieldsOf: withLinks }

export class TasksReader extends RecordsReader<TaskTypes> {
  /** Of tasks that are not finished, in the order in which they fall due; at most 1,000. */
  readonly reminders: (query: ReminderQuery) => Promise<Reminder[]>

  constructor(executor: Executor) {
    super(executor, parts)
    this.reminders = (query) => dueReminders(executor, query)
  }
}

/** A task that is done remembers since when and by whom; one that is taken up again forgets it. */
export class TasksWriter extends RecordsWriter<TaskTypes> {
  readonly #acting: Acting
  readonly reminders: TasksReader['reminders']

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
    this.reminders = (query) => dueReminders(acting.executor, query)
  }

  /**
   * What is planned for an event already, each by what makes it the same as an item of a template; what is in the bin does
   * not count. Nobody else plans for it before the transaction ends.
   */
  async lockPlanned(eventId: EventId): Promise<PlannedTask[]> {
    await lockPlan(this.#acting.executor, eventId)
    return this.#acting.executor.run(plannedTasks, { eventId })
  }

  /** A task for an event, due so many days from its dates; without one until it has a date. Throws NOT_FOUND. */
  async createFor(eventId: EventId, item: TaskTemplateItem): Promise<Task> {
    const { anchor, offsetDays: anchorOffsetDays, ...own } = item
    const links = [{ entity: 'event' as const, id: eventId }]
    const due = await dueOf(this.#acting.executor, { eventId, anchor, offsetDays: anchorOffsetDays })
    const fields = { ...own, status: 'open', links, anchor, anchorOffsetDays, ...due }
    return createRecord(this.#acting, taskRecord, fields)
  }

  override async create(input: TaskInput): Promise<Task> {
    const now = await transactionTime(this.#acting.executor)
    return createRecord(this.#acting, taskRecord, { ...withLinks(input), ...this.#completion(input.status, now) })
  }

  override async patch({ patch, ...at }: { id: TaskId; version: number; patch: TaskPatch }): Promise<Task> {
    const { executor } = this.#acting
    const [before, now] = await inOneTrip([lockRecord(executor, taskRecord, at), transactionTime(executor)])
    const turns = patch.status !== undefined && (patch.status === 'done') !== (before.status === 'done')
    const changes = { ...withLinks(patch), ...(turns && this.#completion(patch.status, now)) }
    return writeChange(this.#acting, taskRecord, before, changes, { action: 'changed' })
  }

  #completion(status: Task['status'] | undefined, now: string): Fields {
    return status === 'done'
      ? { completedAt: now, completedBy: this.#acting.actor.id }
      : { completedAt: null, completedBy: null }
  }
}
