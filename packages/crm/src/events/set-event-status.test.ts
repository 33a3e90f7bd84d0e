import type { EventStatus } from '@tenantry/contracts/events'
import { EventStatusInput, type Event } from '@tenantry/contracts/events'
import { BookingInput } from '@tenantry/contracts/resources'
import { accountInput } from '@tenantry/testing/factories/account'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { resourceInput } from '@tenantry/testing/factories/resource'
import { inEveryPlacement, type Desk } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { setEventStatus } from './set-event-status.ts'

inEveryPlacement((placement) => {
  test('an event spans its dates that take place', async () => {
    const { mine } = placement()
    const { event } = await newEvent(mine, ['2027-06-14', '2027-06-12', '2027-06-20'])
    expect(event).toMatchObject({
      firstStartsAt: '2027-06-12T16:00:00Z',
      lastEndsAt: '2027-06-20T21:00:00Z',
      version: 1,
    })
    const { dates } = await newEvent(mine, ['2027-06-14', '2027-06-12'])
    const [later, earlier] = dates
    if (!later || !earlier?.eventId) throw new Error('two dates were asked for')
    await mine.write((db) => db.eventDates.patch({ id: earlier.id, version: 1, patch: { status: 'cancelled' } }))
    await mine.write((db) => db.eventDates.patch({ id: later.id, version: 1, patch: { endTime: '22:00' } }))
    expect(await mine.read.events.byId(earlier.eventId)).toMatchObject({
      firstStartsAt: '2027-06-14T16:00:00Z',
      lastEndsAt: '2027-06-14T20:00:00Z',
    })
  })

  test('a tentative event says until when its holds stand', async () => {
    const { mine } = placement()
    const { event, bookings } = await heldEvent(mine)
    const tentative = await setTo(mine, event, 'tentative', { holdExpiresAt: '2027-01-01T00:00:00Z' })
    expect(tentative).toMatchObject({ status: 'tentative', holdExpiresAt: '2027-01-01T00:00:00Z' })
    expect(await bookings()).toMatchObject([{ state: 'hold', holdExpiresAt: '2027-01-01T00:00:00Z' }])
  })

  test('a confirmed event has its resources for itself', async () => {
    const { mine } = placement()
    const { event, bookings } = await heldEvent(mine)
    expect(await setTo(mine, event, 'confirmed')).toMatchObject({ status: 'confirmed', holdExpiresAt: null })
    expect(await bookings()).toMatchObject([{ state: 'confirmed', holdRank: null }])
  })

  test('an event whose hold is not the first is not confirmed, and nothing of it is booked', async () => {
    const { mine } = placement()
    const { resourceId } = await heldEvent(mine)
    const second = await heldEvent(mine, resourceId)
    await expect(setTo(mine, second.event, 'confirmed')).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'queue' },
    })
    expect(await mine.read.events.byId(second.event.id)).toEqual(second.event)
    expect(await second.bookings()).toMatchObject([{ state: 'hold', holdRank: 2 }])
  })

  test.each<[EventStatus, { reason?: string }]>([
    ['cancelled', { reason: 'They moved away' }],
    ['postponed', {}],
  ])('an event that is %s gives its resources back', async (status, more) => {
    const { mine } = placement()
    const { event, bookings } = await heldEvent(mine)
    const confirmed = await setTo(mine, event, 'confirmed')
    const off = await setTo(mine, confirmed, status, more)
    expect(off).toMatchObject({ status, cancelledReason: more.reason ?? null })
    expect(await bookings()).toEqual([])
  })

  test('a cancellation needs its reason, and only a tentative event has holds that expire', async () => {
    const { mine } = placement()
    const { event } = await heldEvent(mine)
    await expect(setTo(mine, event, 'cancelled')).rejects.toMatchObject({ data: { field: 'reason' } })
    await expect(setTo(mine, event, 'confirmed', { holdExpiresAt: '2027-01-01T00:00:00Z' })).rejects.toMatchObject({
      data: { field: 'holdExpiresAt' },
    })
  })

  test('a status that may not follow is refused', async () => {
    const { mine } = placement()
    const { event } = await heldEvent(mine)
    await expect(setTo(mine, event, 'completed')).rejects.toMatchObject({ data: { field: 'status' } })
    const done = await setTo(mine, await setTo(mine, event, 'confirmed'), 'completed')
    for (const status of ['prospect', 'confirmed', 'cancelled'] as const)
      await expect(setTo(mine, done, status, { reason: 'no' })).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('of an event confirmed twice at once one wins, and two events for one resource do not both get it', async () => {
    const { mine } = placement()
    const { event, resourceId } = await heldEvent(mine)
    const rival = await heldEvent(mine, resourceId)
    const outcomes = await Promise.allSettled([
      setTo(mine, event, 'confirmed'),
      setTo(mine, event, 'confirmed'),
      setTo(mine, rival.event, 'confirmed'),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await mine.read.events.byId(rival.event.id)).toEqual(rival.event)
  })
})

function setTo(desk: Desk, { id, version }: Event, status: EventStatus, more: object = {}): Promise<Event> {
  return desk.write((db) => setEventStatus(db, EventStatusInput.parse({ id, version, status, ...more })))
}

async function newEvent(desk: Desk, days: readonly string[]) {
  return desk.write(async (db) => {
    const account = await db.accounts.create(accountInput())
    const { id } = await db.events.create(eventInput({ accountId: account.id }))
    const dates = []
    for (const localDate of days) dates.push(await db.eventDates.create(eventDateInput({ eventId: id, localDate })))
    return { event: await db.events.byId(id), dates }
  })
}

/** An event with one date that holds a resource. */
async function heldEvent(desk: Desk, of?: string) {
  const { event, dates } = await newEvent(desk, ['2027-06-12'])
  const [date] = dates
  if (!date) throw new Error('a date was asked for')
  const resourceId = of ?? (await desk.write((db) => db.resources.create(resourceInput()))).id
  await desk.write((db) => db.bookings.book(BookingInput.parse({ resourceId, eventDateId: date.id })))
  const bookings = () =>
    desk.read.bookings.list({ from: '2027-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z', eventDateId: date.id })
  return { event, resourceId, bookings }
}
