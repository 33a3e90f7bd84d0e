import { EventStatusInput, type Event, type EventStatus } from '@tenantry/contracts/events'
import { BookingInput } from '@tenantry/contracts/resources'
import { accountInput } from '@tenantry/testing/factories/account'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { resourceInput } from '@tenantry/testing/factories/resource'
import { inEveryPlacement, type Desk } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { expireEvent } from './expire-event.ts'
import { setEventStatus } from './set-event-status.ts'

const past = '2026-01-01T00:00:00Z'
const future = '2099-01-01T00:00:00Z'

inEveryPlacement((placement) => {
  test('a tentative event whose time is over is a prospect again, and gives what it held to those behind', async () => {
    const { mine } = placement()
    const { event, resourceId } = await heldEvent(mine)
    const behind = await heldEvent(mine, { of: resourceId })
    await setTo(mine, event, 'tentative', past)
    await mine.write((db) => expireEvent(db, event.id))
    expect(await mine.read.events.byId(event.id)).toMatchObject({ status: 'prospect', holdExpiresAt: null })
    expect(await behind.bookings()).toMatchObject([{ state: 'hold', holdRank: 1 }])
    // Once more changes nothing.
    const now = await mine.read.events.byId(event.id)
    await mine.write((db) => expireEvent(db, event.id))
    expect(await mine.read.events.byId(event.id)).toEqual(now)
  })

  test('one that still keeps something stays tentative for as long as that stands', async () => {
    const { mine } = placement()
    const kept = await heldEvent(mine)
    const longer = await heldEvent(mine)
    const events = [kept.event, longer.event]
    for (const event of events) await setTo(mine, event, 'tentative', past)
    const more = [{ state: 'confirmed' as const }, { holdExpiresAt: future }]
    for (const [index, { dateId }] of [kept, longer].entries()) {
      const { id: resourceId } = await mine.write((db) => db.resources.create(resourceInput()))
      await mine.write((db) =>
        db.bookings.book(BookingInput.parse({ resourceId, eventDateId: dateId, ...more[index] })),
      )
    }
    for (const { id } of events) await mine.write((db) => expireEvent(db, id))
    expect(await mine.read.events.byId(kept.event.id)).toMatchObject({ status: 'tentative', holdExpiresAt: null })
    expect(await mine.read.events.byId(longer.event.id)).toMatchObject({ status: 'tentative', holdExpiresAt: future })
    expect(await kept.bookings()).toMatchObject([{ state: 'confirmed' }])
    expect(await longer.bookings()).toMatchObject([{ state: 'hold', holdExpiresAt: future }])
  })

  test('an event that is confirmed while it expires is confirmed or a prospect, never something in between', async () => {
    const { mine } = placement()
    for (let round = 0; round < 4; round++) {
      const { event, bookings } = await heldEvent(mine)
      const tentative = await setTo(mine, event, 'tentative', future)
      const [confirmed] = await Promise.allSettled([
        setTo(mine, tentative, 'confirmed'),
        mine.write((db) => expireEvent(db, event.id)),
        mine.write((db) => expireEvent(db, event.id)),
      ])
      expect(confirmed.status).toBe('fulfilled')
      expect(await mine.read.events.byId(event.id)).toMatchObject({ status: 'confirmed' })
      expect(await bookings()).toMatchObject([{ state: 'confirmed' }])

      const late = await heldEvent(mine)
      const over = await setTo(mine, late.event, 'tentative', past)
      const [attempt] = await Promise.allSettled([
        setTo(mine, over, 'confirmed'),
        mine.write((db) => expireEvent(db, over.id)),
      ])
      const refusal = attempt.status === 'rejected' ? (attempt.reason as { code?: string }).code : undefined
      expect([undefined, 'STALE_WRITE']).toContain(refusal)
      const status = refusal === undefined ? 'confirmed' : 'prospect'
      expect(await mine.read.events.byId(over.id)).toMatchObject({ status, holdExpiresAt: null })
      expect(await late.bookings()).toEqual([])
    }
  })

  test('an event of another tenant is not there', async () => {
    const { mine, theirs } = placement()
    const { event, bookings } = await heldEvent(theirs)
    await setTo(theirs, event, 'tentative', future)
    await expect(mine.write((db) => expireEvent(db, event.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await bookings()).toHaveLength(1)
    expect(await mine.read.bookings.findExpired({ most: 10 })).not.toMatchObject({ eventIds: [event.id] })
  })
})

function setTo(desk: Desk, { id, version }: Event, status: EventStatus, holdExpiresAt?: string): Promise<Event> {
  const input = EventStatusInput.parse({ id, version, status, ...(holdExpiresAt !== undefined && { holdExpiresAt }) })
  return desk.write((db) => setEventStatus(db, input))
}

/** An event with one date that holds a resource. */
async function heldEvent({ write, read }: Desk, { of }: { of?: string } = {}) {
  const { event, dateId, resourceId } = await write(async (db) => {
    const { id: accountId } = await db.accounts.create(accountInput())
    const event = await db.events.create(eventInput({ accountId }))
    const { id: dateId } = await db.eventDates.create(eventDateInput({ eventId: event.id, localDate: '2027-06-12' }))
    const resourceId = of ?? (await db.resources.create(resourceInput())).id
    await db.bookings.book(BookingInput.parse({ resourceId, eventDateId: dateId }))
    return { event, dateId, resourceId }
  })
  const span = { from: '2027-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z', limit: 50 }
  const bookings = async () => (await read.bookings.list({ ...span, eventDateId: dateId })).rows
  return { event, dateId, resourceId, bookings }
}
