import { z } from 'zod'
import { EventStatus } from './events.ts'
import { EventDateId, EventId, PipelineId, StageId, TaskId, UserId } from './ids.ts'
import { Count } from './pages.ts'
import { ForecastCategory } from './pipelines.ts'
import { Instant, SignedMinorUnits } from './scalars.ts'
import { TaskPriority } from './tasks.ts'

export const DashboardQuery = z.strictObject({
  /** Months of revenue: the one it is, and those before it. */
  months: z.int().min(1).max(36).default(12),
  /** Whose tasks; everybody's without it. */
  assigneeId: UserId.optional(),
})
export type DashboardQuery = z.infer<typeof DashboardQuery>

/** How many dates and tasks a dashboard shows. */
export const dashboardRows = 10

const expected = { currency: z.string(), count: z.int(), amountMinor: z.int(), expectedMinor: z.int() }

export const UpcomingDate = z.object({
  eventDateId: EventDateId,
  eventId: EventId,
  title: z.string(),
  status: EventStatus,
  label: z.string().nullable(),
  locationName: z.string().nullable(),
  localDate: z.string(),
  startTime: z.string(),
  timeZone: z.string(),
  startsAt: Instant,
  endsAt: Instant,
})
export type UpcomingDate = z.infer<typeof UpcomingDate>

export const DueTask = z.object({
  id: TaskId,
  title: z.string(),
  priority: TaskPriority,
  assigneeId: UserId.nullable(),
  assigneeName: z.string().nullable(),
  dueOn: z.string(),
  dueTime: z.string().nullable(),
})
export type DueTask = z.infer<typeof DueTask>

/**
 * How a company does today, of the records the caller sees. Amounts of different currencies are never added: each line is of
 * one. Months are `2027-05`, where the company is; archived records are left out except where money was claimed or paid.
 */
export const DashboardOverview = z.object({
  /** Where the company is. */
  today: z.string(),
  /** Open opportunities by stage, in the order of boards. */
  pipeline: z.array(
    z.object({
      pipelineId: PipelineId,
      pipelineName: z.string(),
      stageId: StageId,
      stageName: z.string(),
      ...expected,
    }),
  ),
  /** Open opportunities by the month in which they are expected to close; null for those without a day. */
  forecast: z.array(z.object({ month: z.string().nullable(), category: ForecastCategory, ...expected })),
  /**
   * What invoices of a month claim less what its credit notes take back, void ones left out, and what came in less what
   * was given back in it. Only months in which something was.
   */
  revenue: z.array(
    z.object({ month: z.string(), currency: z.string(), issuedMinor: SignedMinorUnits, paidMinor: SignedMinorUnits }),
  ),
  overdue: z.array(z.object({ currency: z.string(), count: z.int(), amountMinor: z.int() })),
  /** The next dates of events that still take place, the one under way first. */
  upcoming: z.array(UpcomingDate),
  /** Open tasks that have a day, the longest overdue first, with how many are overdue and how many are due today. */
  tasks: z.object({ overdue: Count, dueToday: Count, next: z.array(DueTask) }),
})
export type DashboardOverview = z.infer<typeof DashboardOverview>
