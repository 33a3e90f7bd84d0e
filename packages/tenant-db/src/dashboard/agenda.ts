import { statement } from '@tenantry/connections/statement'
import { dashboardRows, type DueTask, type UpcomingDate } from '@tenantry/contracts/dashboard'
import { countCap } from '@tenantry/contracts/pages'
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { today } from '../company/table.ts'
import { eventDates } from '../event-dates/table.ts'
import { events } from '../events/table.ts'
import { locations } from '../locations/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { literal, literalLimit } from '../records/literal.ts'
import { asRows } from '../records/plain.ts'
import { isOwner, sameRow } from '../records/record-table.ts'
import { tasks } from '../tasks/table.ts'

/** Dates that begin later, and those under way: nothing lasts two days. */
export const upcomingDates = statement<Record<string, never>, UpcomingDate>((db) =>
  asRows<UpcomingDate>(
    db
      .select({
        eventDateId: eventDates.id,
        eventId: events.id,
        title: events.title,
        status: events.status,
        label: eventDates.label,
        locationName: locations.name,
        localDate: eventDates.localDate,
        startTime: eventDates.startTime,
        timeZone: eventDates.timeZone,
        startsAt: eventDates.startsAt,
        endsAt: eventDates.endsAt,
      })
      .from(eventDates)
      .innerJoin(events, sameRow(events, events.id, eventDates.eventId))
      .leftJoin(locations, sameRow(locations, locations.id, eventDates.locationId))
      .where(
        and(
          sql`${eventDates.startsAt} > now() - interval '2 days'`,
          sql`${eventDates.endsAt} > now()`,
          sql`${eventDates.status} = 'scheduled'`,
          isNull(eventDates.deletedAt),
          isNull(eventDates.archivedAt),
          sql`${events.status} in ('prospect', 'tentative', 'confirmed', 'in_progress')`,
          isNull(events.deletedAt),
          isNull(events.archivedAt),
        ),
      )
      .orderBy(eventDates.startsAt, eventDates.id)
      .limit(literalLimit(dashboardRows)),
  ),
)

export const nextTasks = { everybodys: nextOf(), of: nextOf(eq(tasks.assigneeId, sql.placeholder('assigneeId'))) }
export const dueCounts = { everybodys: countsOf(), of: countsOf(eq(tasks.assigneeId, sql.placeholder('assigneeId'))) }

type Whose = { assigneeId: string | null }

function nextOf(whose?: SQL) {
  return statement<Whose, DueTask>((db) =>
    asRows<DueTask>(
      db
        .select({
          id: tasks.id,
          title: tasks.title,
          priority: tasks.priority,
          assigneeId: tasks.assigneeId,
          assigneeName: memberRefs.displayName,
          // None without a day is read.
          dueOn: sql<string>`${tasks.dueOn}`,
          dueTime: tasks.dueTime,
        })
        .from(tasks)
        .leftJoin(memberRefs, isOwner(tasks.assigneeId))
        .where(and(isDue, whose))
        .orderBy(tasks.dueOn, tasks.id)
        .limit(literalLimit(dashboardRows)),
    ),
  )
}

/** Each to the cap and no further. */
function countsOf(whose?: SQL) {
  const count = (when: SQL) =>
    sql`(select count(*)::integer from (select from ${tasks} where ${and(isDue, when, whose)} limit ${literal(countCap + 1)}) as counted)`
  return statement<Whose, { overdue: number; dueToday: number }>((db) =>
    db.execute<{ overdue: number; dueToday: number }>(sql`
      select ${count(sql`${tasks.dueOn} < (select ${today})`)} as overdue,
        ${count(sql`${tasks.dueOn} = (select ${today})`)} as "dueToday"`),
  )
}

const isDue = sql`${tasks.dueOn} is not null and ${tasks.status} in ('open', 'in_progress')
  and ${tasks.deletedAt} is null and ${tasks.archivedAt} is null`
