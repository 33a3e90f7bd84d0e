import { z } from 'zod'
import { CalendarFeedId } from './ids.ts'
import { Instant, line } from './scalars.ts'

/** A member's own feed shows the dates they may see and ends with their membership; the company's shows all of them. */
export const CalendarFeedScope = z.enum(['own', 'company'])
export type CalendarFeedScope = z.infer<typeof CalendarFeedScope>

/** A feed as it is listed; its address is told once, when it is made or made anew. */
export const CalendarFeed = z.object({
  id: CalendarFeedId,
  name: z.string(),
  scope: CalendarFeedScope,
  /** Whose it is; null for the company's. */
  memberName: z.string().nullable(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  /** When the address that is in force was made. */
  rotatedAt: Instant,
  /** To the quarter of an hour; null before it was read first. */
  lastReadAt: Instant.nullable(),
})
export type CalendarFeed = z.infer<typeof CalendarFeed>

export const CalendarFeedInput = z.strictObject({ name: line(100), scope: CalendarFeedScope.default('own') })
export type CalendarFeedInput = z.infer<typeof CalendarFeedInput>

/** What making a feed tells, once: where calendars read it. */
export const CalendarFeedMade = z.object({ id: CalendarFeedId, path: z.string() })
export const CalendarFeedRef = z.strictObject({ id: CalendarFeedId })

/** 256 random bits; calendars send nothing but an address, so it stands in one. */
export const CalendarToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Where calendars read the feed, below the origin of the application. */
export function calendarPath(token: string): string {
  return `/api/calendar/${token}.ics`
}
