import type { EventStatus } from '@tenantry/contracts/events'
import { EventStatusInput, type Event } from '@tenantry/contracts/events'
import type { EventDate } from '@tenantry/contracts/event-dates'
import { BookingInput, type Booking } from '@tenantry/contracts/resources'
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

  test('an undo takes back what was written of an event and no step of its life, which bookings follow', async () => {
    const { mine } = placement()
    const { event, bookings } = await heldEvent(mine)
    const { id } = event
    const undoLast = async () => {
      const [change] = (await mine.read.events.timeline(id, { limit: 1 })).rows
      return mine.write((db) => db.events.undo(id, change?.id ?? ''))
    }
    const refused = { code: 'RULE_VIOLATED', data: { field: 'status' } }
    const tentative = await setTo(mine, event, 'tentative', { holdExpiresAt: '2099-01-01T00:00:00Z' })
    await expect(undoLast()).rejects.toMatchObject(refused)
    const confirmed = await setTo(mine, tentative, 'confirmed')
    await expect(undoLast()).rejects.toMatchObject(refused)
    expect(await bookings()).toMatchObject([{ state: 'confirmed' }])
    const cancelled = await setTo(mine, confirmed, 'cancelled', { reason: 'Rain' })
    await expect(undoLast()).rejects.toMatchObject(refused)
    expect(await mine.read.events.byId(id)).toEqual(cancelled)
    await mine.write((db) => db.events.patch({ id, version: cancelled.version, patch: { guestCount: 90 } }))
    expect(await undoLast()).toMatchObject({ status: 'cancelled', guestCount: null })
  })

  test.each(['restored', 'undone'])(
    'a confirmed event that is %s from the bin is a prospect, whoever books its resource at the same time',
    async (way) => {
      const { mine } = placement()
      const { event, resourceId, bookings } = await heldEvent(mine)
      const { id } = event
      const { version } = await setTo(mine, event, 'confirmed')
      const rival = await newEvent(mine, ['2027-06-12'])
      const binned = await mine.write((db) => db.events.remove({ id, version }))
      const [deletion] = (await mine.read.events.timeline(id, { limit: 1 })).rows
      const [back, booked] = await Promise.all([
        mine.write((db) => (way === 'restored' ? db.events.restore(binned) : db.events.undo(id, deletion?.id ?? ''))),
        mine.write((db) => db.bookings.book(bookingOf(resourceId, rival.dates, 'confirmed'))),
      ])
      expect(back).toMatchObject({ status: 'prospect', deletedAt: null })
      expect(await bookings()).toEqual([])
      expect(booked).toMatchObject([{ state: 'confirmed' }])
      expect((await mine.read.events.timeline(id, { limit: 1 })).rows).toMatchObject([
        { action: way, diff: { status: { from: 'confirmed', to: 'prospect' } } },
      ])
      const done = await setTo(mine, await setTo(mine, rival.event, 'confirmed'), 'completed')
      const removed = await mine.write((db) => db.events.remove(done))
      expect(await mine.write((db) => db.events.restore(removed))).toMatchObject({ status: 'completed' })
    },
  )

  test('nothing is booked for an event that is cancelled or in the bin, be it in the very moment in which it is booked', async () => {
    const { mine } = placement()
    for (const end of ['cancelled', 'removed']) {
      const { event, dates } = await newEvent(mine, ['2027-06-12'])
      const { id: resourceId } = await mine.write((db) => db.resources.create(resourceInput()))
      const book = () => mine.write((db) => db.bookings.book(bookingOf(resourceId, dates, 'confirmed')))
      await Promise.allSettled([
        book(),
        end === 'cancelled'
          ? setTo(mine, event, 'cancelled', { reason: 'no' })
          : mine.write((db) => db.events.remove(event)),
        book(),
      ])
      expect(await bookingsOf(mine, dates)).toEqual([])
      await expect(book()).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'eventDateId' } })
    }
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

  test('a date that is moved while the status of its event changes waits for it, and neither is taken back', async () => {
    const { mine } = placement()
    const lanes = await Promise.all(Array.from({ length: 4 }, () => heldEvent(mine)))
    const outcomes = await Promise.all(
      lanes.map(async ({ event: { id }, dates: [date] }) => {
        if (date === undefined) throw new Error('a date was asked for')
        const settled: PromiseSettledResult<unknown>[] = []
        for (let round = 0; round < 25; round++) {
          const status = round % 2 === 0 ? 'tentative' : 'prospect'
          const both = [
            mine.write(async (db) => {
              const { version } = await db.events.lock(id)
              return setEventStatus(db, EventStatusInput.parse({ id, version, status }))
            }),
            mine.write((db) => db.eventDates.amend(date.id, () => ({ endTime: `22:${10 + round}` }))),
          ]
          settled.push(...(await Promise.allSettled(round % 3 === 0 ? both.toReversed() : both)))
        }
        return settled
      }),
    )
    const refused = outcomes.flat().filter((outcome) => outcome.status === 'rejected')
    expect(refused).toEqual([])
    expect(outcomes.flat()).toHaveLength(200)
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
  const resourceId = of ?? (await desk.write((db) => db.resources.create(resourceInput()))).id
  await desk.write((db) => db.bookings.book(bookingOf(resourceId, dates, 'hold')))
  return { event, dates, resourceId, bookings: () => bookingsOf(desk, dates) }
}

function bookingOf(resourceId: string, [date]: readonly EventDate[], state: 'hold' | 'confirmed'): BookingInput {
  return BookingInput.parse({ resourceId, eventDateId: date?.id, state })
}

async function bookingsOf({ read }: Desk, [date]: readonly EventDate[]): Promise<Booking[]> {
  const span = { from: '2027-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z', limit: 50 }
  return (await read.bookings.list({ ...span, eventDateId: date?.id })).rows
}
