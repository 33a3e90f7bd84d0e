import { BookingInput } from '@tenantry/contracts/resources'
import { accountInput } from '@tenantry/testing/factories/account'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { resourceInput } from '@tenantry/testing/factories/resource'
import { atOnce } from './at-once.ts'
import type { Race } from './race.ts'

/** Clients hold, confirm and release one resource for dates of which most overlap. */
export const raceForBookings: Race = async (desk, { clients, bookings: count }) => {
  const { resource, dates } = await desk.write(async (db) => {
    const account = await db.accounts.create(accountInput())
    const event = await db.events.create(eventInput({ accountId: account.id }))
    const made = []
    for (let index = 0; index < count; index++) {
      const localDate = `2027-06-${String(10 + (index % 5)).padStart(2, '0')}`
      const startTime = `${String(8 + (index % 12)).padStart(2, '0')}:00`
      made.push(
        await db.eventDates.create(eventDateInput({ eventId: event.id, localDate, startTime, endTime: '23:00' })),
      )
    }
    return { resource: await db.resources.create(resourceInput()), dates: made }
  })
  const outcomes = await atOnce(
    Array.from({ length: clients }, (_, client) =>
      dates
        .filter((__, index) => index % clients === client)
        .flatMap((date) => {
          const input = BookingInput.parse({ resourceId: resource.id, eventDateId: date.id })
          return [
            () => desk.write((db) => db.bookings.book({ ...input, state: 'confirmed', jumpQueue: true })),
            () =>
              desk.write(async (db) => {
                const [held] = await db.bookings.book(input)
                const chance = Math.random()
                if (held && chance < 0.4) await db.bookings.confirm({ id: held.id, jumpQueue: true })
                else if (held && chance < 0.7) await db.bookings.release({ id: held.id })
              }),
          ]
        }),
    ),
  )
  const [row] = await desk.admin<Record<string, number>>(`
    with pairs as (select a.state, a.hold_rank, b.hold_rank as other from crm.resource_bookings a
      join crm.resource_bookings b on b.tenant_id = a.tenant_id and b.resource_id = a.resource_id and b.id > a.id
        and b.state = a.state and b.blocked_range && a.blocked_range)
    select (select count(*)::int from pairs where state = 'confirmed') as overlaps,
      (select count(*)::int from pairs where state = 'hold' and hold_rank = other) as "sharedRanks",
      (select count(*)::int from crm.resource_bookings h where state = 'hold' and hold_rank > 1 and not exists (
        select from crm.resource_bookings a where a.resource_id = h.resource_id and a.state = 'hold'
          and a.hold_rank = h.hold_rank - 1 and a.blocked_range && h.blocked_range)) as gaps,
      (select count(*)::int from crm.resource_bookings where state = 'confirmed') as confirmed,
      (select count(*)::int from crm.resource_bookings where state = 'hold') as holds`)
  const counted = { ...row }
  const violations = (['overlaps', 'sharedRanks', 'gaps'] as const)
    .filter((what) => counted[what] !== 0)
    .map((what) => `${counted[what]} ${what} among the bookings of one resource`)
  if ((counted['confirmed'] ?? 0) === 0) violations.push('nothing was booked at all')
  if (outcomes.untyped > 0) violations.push(`${outcomes.untyped} errors without a code`)
  const { attempts, succeeded, refused } = outcomes
  return { race: 'bookings', clients, attempts, succeeded, refused, counted, violations }
}
