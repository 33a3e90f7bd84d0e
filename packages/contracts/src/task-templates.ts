import { z } from 'zod'
import { EventId, TaskTemplateId, UserId } from './ids.ts'
import { settingEnvelope } from './record.ts'
import { Instant, LocalTime, Version, line, optionalLine, orNull, text } from './scalars.ts'
import { RemindDaysBefore, Task, TaskPriority } from './tasks.ts'

/** One task, so many days before (less than none) or after a date of the event. */
export const TaskTemplateItem = z.strictObject({
  title: line(200),
  description: orNull(text(20_000)).default(null),
  priority: TaskPriority.default('normal'),
  assigneeId: orNull(UserId).default(null),
  anchor: z.enum(['event_start', 'event_end']).default('event_start'),
  offsetDays: z.int().min(-1_000).max(1_000),
  dueTime: orNull(LocalTime).default(null),
  remindDaysBefore: RemindDaysBefore.default([]),
})
export type TaskTemplateItem = z.infer<typeof TaskTemplateItem>

const items = z.array(TaskTemplateItem).min(1).max(100)

export const TaskTemplateInput = z.strictObject({
  name: line(120),
  /** The kind of event it is meant for; a hint for whoever chooses. */
  eventType: optionalLine(100).default(null),
  items,
})
export type TaskTemplateInput = z.infer<typeof TaskTemplateInput>

/** `items` is replaced as a whole; tasks that were made of it stay as they are. */
export const TaskTemplatePatch = z.strictObject({
  name: line(120).optional(),
  eventType: optionalLine(100).optional(),
  items: items.optional(),
})
export type TaskTemplatePatch = z.infer<typeof TaskTemplatePatch>
export const TaskTemplatePatchInput = z.strictObject({ id: TaskTemplateId, version: Version, patch: TaskTemplatePatch })

export const TaskTemplate = z.object({
  id: TaskTemplateId,
  name: z.string(),
  eventType: z.string().nullable(),
  items: z.array(TaskTemplateItem),
  ...settingEnvelope,
})
export type TaskTemplate = z.infer<typeof TaskTemplate>

export const TaskTemplateListQuery = z.object({ show: z.enum(['active', 'archived', 'deleted']).default('active') })
export type TaskTemplateListQuery = z.infer<typeof TaskTemplateListQuery>

/** Makes the tasks of a template for an event. */
export const TaskPlanInput = z.strictObject({ templateId: TaskTemplateId, eventId: EventId })
export type TaskPlanInput = z.infer<typeof TaskPlanInput>

/** Reminders that fall due in a span of time, its end left out; at most 31 days. */
export const ReminderQuery = z
  .object({ from: Instant, until: Instant })
  .refine(({ from, until }) => Date.parse(until) - Date.parse(from) <= 31 * 86_400_000, 'Ask for 31 days at most.')
export type ReminderQuery = z.infer<typeof ReminderQuery>

export const Reminder = Task.pick({
  id: true,
  title: true,
  assigneeId: true,
  assigneeName: true,
  dueOn: true,
  dueTime: true,
}).extend({
  remindAt: Instant,
})
export type Reminder = z.infer<typeof Reminder>
