import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { TaskId, UserId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { NamedLink, RecordLink, RecordLinks } from './record-links.ts'
import { Instant, LocalDate, LocalTime, TimeZone, Version, line, optionalLine, orNull, text } from './scalars.ts'

export const TaskStatus = z.enum(['open', 'in_progress', 'done', 'cancelled'])
export const TaskPriority = z.enum(['low', 'normal', 'high', 'urgent'])
/** What the due date of a task keeps its distance to. */
export const TaskAnchor = z.enum(['event_start', 'event_end', 'created'])

/** How many days before it is due somebody is reminded, at the time at which it is due or else in the morning. */
export const RemindDaysBefore = z.array(z.int().min(0).max(60)).max(5)

const optional = {
  description: orNull(text(20_000)),
  assigneeId: orNull(UserId),
  parentTaskId: orNull(TaskId),
  dueOn: orNull(LocalDate),
  dueTime: orNull(LocalTime),
  timeZone: orNull(TimeZone),
  outcome: optionalLine(500),
}

export const TaskInput = z.strictObject({
  title: line(200),
  status: TaskStatus.default('open'),
  priority: TaskPriority.default('normal'),
  links: RecordLinks.default([]),
  remindDaysBefore: RemindDaysBefore.default([]),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type TaskInput = z.infer<typeof TaskInput>

/** `links` is replaced as a whole. Setting `done` remembers when and by whom; any other status forgets it. */
export const TaskPatch = z.strictObject({
  title: line(200).optional(),
  status: TaskStatus.optional(),
  priority: TaskPriority.optional(),
  links: RecordLinks.optional(),
  remindDaysBefore: RemindDaysBefore.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type TaskPatch = z.infer<typeof TaskPatch>
export const TaskPatchInput = z.strictObject({ id: TaskId, version: Version, patch: TaskPatch })

export const Task = z.object({
  id: TaskId,
  title: z.string(),
  description: z.string().nullable(),
  status: TaskStatus,
  priority: TaskPriority,
  assigneeId: UserId.nullable(),
  assigneeName: z.string().nullable(),
  parentTaskId: TaskId.nullable(),
  dueOn: z.string().nullable(),
  dueTime: z.string().nullable(),
  timeZone: z.string().nullable(),
  anchor: TaskAnchor.nullable(),
  anchorOffsetDays: z.int().nullable(),
  /** The day of the event from which the due date was counted; it follows the event while it stays so. */
  anchoredOn: z.string().nullable(),
  remindDaysBefore: z.array(z.int()),
  completedAt: Instant.nullable(),
  completedBy: UserId.nullable(),
  outcome: z.string().nullable(),
  links: z.array(NamedLink),
  ...recordEnvelope,
})
export type Task = z.infer<typeof Task>

export const TaskSort = z.enum(['dueOn', 'name', 'updatedAt', 'createdAt'])
export const TaskListQuery = z.object({
  ...listBase,
  sort: TaskSort.default('dueOn'),
  filters: z
    .strictObject({
      custom: CustomFilter.optional(),
      about: RecordLink.optional(),
      status: z.array(TaskStatus).max(4).optional(),
      priority: z.array(TaskPriority).max(4).optional(),
      assigneeId: UserId.optional(),
      parentTaskId: TaskId.optional(),
      completedBy: UserId.optional(),
      ...spanOf('due', LocalDate),
      ...spanOf('completed', Instant),
      ...recordFilters,
    })
    .default({}),
})
export type TaskListQuery = z.infer<typeof TaskListQuery>
