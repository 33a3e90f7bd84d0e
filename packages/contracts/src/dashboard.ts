import { z } from 'zod'
import type { EventStatus } from './events.ts'
import { UserId, type EventDateId, type EventId, type PipelineId, type StageId, type TaskId } from './ids.ts'
import type { Count } from './pages.ts'
import type { ForecastCategory } from './pipelines.ts'
import type { TaskPriority } from './tasks.ts'

export const DashboardQuery = z.strictObject({
  /** Months of revenue: the one it is, and those before it. */
  months: z.int().min(1).max(36).default(12),
  /** Whose tasks; everybody's without it. */
  assigneeId: UserId.optional(),
})
export type DashboardQuery = z.infer<typeof DashboardQuery>

/** How many dates and tasks a dashboard shows. */
export const dashboardRows = 10

/**
 * How a company does today, of the records the caller sees. Amounts of different currencies are never added: each line is of
 * one. Months are `2027-05`, where the company is; archived records are left out except where money was claimed or paid.
 */
export interface DashboardOverview {
  /** Where the company is. */
  today: string
  /** Open opportunities by stage, in the order of boards. */
  pipeline: ({ pipelineId: PipelineId; pipelineName: string; stageId: StageId; stageName: string } & Expected)[]
  /** Open opportunities by the month in which they are expected to close; null for those without a day. */
  forecast: ({ month: string | null; category: ForecastCategory } & Expected)[]
  /**
   * What invoices of a month claim less what its credit notes take back, void ones left out, and what came in less what
   * was given back in it. Only months in which something was.
   */
  revenue: { month: string; currency: string; issuedMinor: number; paidMinor: number }[]
  overdue: { currency: string; count: number; amountMinor: number }[]
  /** The next dates of events that still take place, the one under way first. */
  upcoming: UpcomingDate[]
  /** Open tasks that have a day, the longest overdue first, with how many are overdue and how many are due today. */
  tasks: { overdue: Count; dueToday: Count; next: DueTask[] }
}

interface Expected {
  currency: string
  count: number
  amountMinor: number
  expectedMinor: number
}

export interface UpcomingDate {
  eventDateId: EventDateId
  eventId: EventId
  title: string
  status: EventStatus
  label: string | null
  locationName: string | null
  localDate: string
  startTime: string
  timeZone: string
  startsAt: string
  endsAt: string
}

export interface DueTask {
  id: TaskId
  title: string
  priority: z.infer<typeof TaskPriority>
  assigneeId: UserId | null
  assigneeName: string | null
  dueOn: string
  dueTime: string | null
}
