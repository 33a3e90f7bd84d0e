import type { Event } from '@tenantry/contracts/events'
import type { EventDate } from '@tenantry/contracts/event-dates'
import type { Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Booking, Resource } from '@tenantry/contracts/resources'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clerk } from '../clerk.ts'
import { refusedAs } from '../refusals.ts'
import { count, dayFromNow, type Year } from '../year.ts'
import { at, type Customer } from './win-customers.ts'

interface Waiting {
  clerk: Clerk
  event: Event
  date: EventDate
  booking: Booking
}

/** Three evenings want one ballroom: the first lets its time pass, the second gets it and is postponed, the third has it in the end. */
export async function waitInLine(year: Year, customers: readonly Customer[]): Promise<void> {
  const { owner, clerks } = year
  const { id: resourceId } = await owner.mutate<Resource>('resources.create', { name: 'Ballroom', kind: 'space' })
  const day = dayFromNow(400)
  const guests = customers.slice(0, 3).flatMap((customer, index) => {
    const clerk = clerks[index % clerks.length]
    return clerk === undefined ? [] : [{ customer, clerk }]
  })
  // All at once: who comes first is chance, and that each has a place of their own is not.
  const line = await Promise.all(guests.map(({ customer, clerk }) => queueUp(clerk, { customer, resourceId, day })))
  const [late, next, last] = line.toSorted((a, b) => (a.booking.holdRank ?? 0) - (b.booking.holdRank ?? 0))
  if (!late || !next || !last || [late, next, last].some(({ booking }, index) => booking.holdRank !== index + 1))
    throw new Error('three who wait are not the first, the second and the third')
  count(year, 'evenings that wait in line', line.length)

  const holdExpiresAt = new Date(Date.now() + 1_000).toISOString()
  await late.clerk.change('events', 'setStatus', { ...at(late.event), status: 'tentative', holdExpiresAt })
  await refusedAs(setStatus(next, 'confirmed'), 'CONFLICT')
  await sleep(1_200)
  const { rows } = await owner.query<Page<Booking>>('bookings.list', {
    from: `${dayFromNow(390)}T00:00:00Z`,
    until: `${dayFromNow(410)}T00:00:00Z`,
    eventDateId: late.date.id,
  })
  if (rows.length > 0) throw new Error('a hold that is over is shown')
  await refusedAs(late.clerk.change('bookings', 'confirm', { id: late.booking.id }), 'RULE_VIOLATED')
  count(year, 'holds that expired')

  await setStatus(next, 'confirmed')
  await refusedAs(setStatus(last, 'confirmed'), 'CONFLICT')
  await setStatus(next, 'postponed')
  const { rows: lines } = await owner.query<Page<RecordChange>>('events.timeline', { id: next.event.id, limit: 1 })
  await refusedAs(owner.mutate('events.undo', { id: next.event.id, changeId: lines[0]?.id }), 'RULE_VIOLATED')
  await setStatus(last, 'confirmed')
  // It takes place after all, on another day.
  await next.clerk.change('eventDates', 'patch', { ...at(next.date), patch: { localDate: dayFromNow(401) } })
  await setStatus(next, 'tentative')
  await next.clerk.change('bookings', 'book', { resourceId, eventDateId: next.date.id })
  await setStatus(next, 'confirmed')
  count(year, 'events postponed')
}

async function queueUp(
  clerk: Clerk,
  { customer, resourceId, day }: { customer: Customer; resourceId: string; day: string },
): Promise<Waiting> {
  const { accountId } = customer
  const evening = { accountId, title: 'Ball', eventType: 'gala', timeZone: 'Europe/Berlin' }
  const event = await clerk.create<Event>('events', evening)
  const hours = { localDate: day, startTime: '19:00', endTime: '23:30', timeZone: 'Europe/Berlin' }
  const date = await clerk.create<EventDate>('eventDates', { eventId: event.id, ...hours })
  const [booking] = await clerk.change<Booking[]>('bookings', 'book', { resourceId, eventDateId: date.id })
  if (booking === undefined) throw new Error('nothing was held')
  return { clerk, event, date, booking }
}

/** Of an event as it is now. */
async function setStatus({ clerk, event }: Waiting, status: string): Promise<Event> {
  return clerk.change('events', 'setStatus', { ...at(await clerk.byId<Event>('events', event.id)), status })
}
