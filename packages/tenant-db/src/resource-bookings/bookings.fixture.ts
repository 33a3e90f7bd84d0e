import type { EventDate } from '@tenantry/contracts/event-dates'
import type { EventDateId, ResourceId } from '@tenantry/contracts/ids'
import { BookingInput, type Booking, type Resource } from '@tenantry/contracts/resources'
import { accountInput } from '@tenantry/testing/factories/account'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { resourceInput } from '@tenantry/testing/factories/resource'
import type { Desk } from '../placements.fixture.ts'

/** An event with one date, of an account of its own. */
export function newDate(desk: Desk, fields: Parameters<typeof eventDateInput>[0] = {}): Promise<EventDate> {
  return desk.write(async (db) => {
    const account = await db.accounts.create(accountInput())
    const event = await db.events.create(eventInput({ accountId: account.id }))
    return db.eventDates.create(eventDateInput({ eventId: event.id, ...fields }))
  })
}

export function newResource(desk: Desk, fields: Parameters<typeof resourceInput>[0] = {}): Promise<Resource> {
  return desk.write((db) => db.resources.create(resourceInput(fields)))
}

interface Named {
  id: string
}

export function book(
  desk: Desk,
  [resource, date]: [Named, Named],
  more: Partial<{ state: 'hold' | 'confirmed'; holdExpiresAt: string; jumpQueue: boolean }> = {},
): Promise<Booking[]> {
  const input = BookingInput.parse({ resourceId: resource.id, eventDateId: date.id, ...more })
  return desk.write((db) => db.bookings.book(input))
}

/** The one booking of a resource that is no combo. */
export async function hold(
  desk: Desk,
  ...[resource, date, more]: [Named, Named, { holdExpiresAt?: string }?]
): Promise<Booking> {
  const [booking] = await book(desk, [resource, date], more)
  if (booking === undefined) throw new Error('nothing was booked')
  return booking
}

/** Everything that is held or booked of a resource, as `hold 1`, `confirmed`, in the order in which it begins. */
export async function standingOf(desk: Desk, { id }: Named): Promise<string[]> {
  const { rows } = await desk.read.bookings.list({ ...always, resourceId: id as ResourceId })
  return rows.map(({ state, holdRank }) => [state, holdRank].filter((part) => part !== null).join(' '))
}

export async function standingOfDate(desk: Desk, { id }: Named): Promise<Booking[]> {
  return (await desk.read.bookings.list({ ...always, eventDateId: id as EventDateId })).rows
}

const always = { limit: 200, from: '2000-01-01T00:00:00Z', until: '2200-01-01T00:00:00Z' }
