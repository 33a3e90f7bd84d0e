import type { BookingId } from '@tenantry/contracts/ids'
import { BookingInput, type Booking } from '@tenantry/contracts/resources'
import { accountInput } from '@tenantry/testing/factories/account'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { resourceInput } from '@tenantry/testing/factories/resource'
import { inEveryPlacement, type Desk } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { eachBooking } from './each-booking.ts'

const refusedBy = (code: string) => ({ done: false, code, message: expect.any(String) as string })
const done = { done: true }

inEveryPlacement((placement) => {
  test('of many holds each is confirmed or says why not, whatever becomes of the others', async () => {
    const { mine, theirs } = placement()
    const [booth, other] = await newResources(mine, 2)
    const [first, second, third] = await heldBy(mine, [booth], 3)
    const [over] = await heldBy(mine, [other], 1, { holdExpiresAt: '2026-01-01T00:00:00Z' })
    const [last] = await heldBy(mine, [other], 1)
    const [foreign] = await heldBy(theirs, await newResources(theirs, 1), 1)
    const holds = [second, first, foreign, third, over, last, last]
    expect(await mine.write((db) => eachBooking(db, holds, confirming(false)))).toEqual([
      // Named before the first option, which is older.
      refusedBy('CONFLICT'),
      done,
      refusedBy('NOT_FOUND'),
      refusedBy('CONFLICT'),
      refusedBy('RULE_VIOLATED'),
      done,
      refusedBy('RULE_VIOLATED'),
    ])
    expect(await statesOf(mine, [first, second, third, over, last])).toEqual([
      'confirmed',
      'hold 1',
      'hold 2',
      'released',
      'confirmed',
    ])
    expect(await theirs.read.bookings.byId(foreign.id)).toEqual(foreign)
    expect(await actionsOf(mine, first)).toEqual(['booked', 'booked', 'created'])
    expect(await actionsOf(mine, second)).toEqual(['moved', 'booked', 'created'])
    expect(await actionsOf(mine, over)).toEqual(['released', 'booked', 'created'])
  })

  test('of many that are prolonged and released each is told in the history of its date, and who waits moves up', async () => {
    const { mine, theirs } = placement()
    const resources = await newResources(mine, 2)
    const [first, second] = await heldBy(mine, [resources[0]], 2)
    const [confirmed] = await heldBy(mine, [resources[1]], 1)
    const [foreign] = await heldBy(theirs, await newResources(theirs, 1), 1)
    await mine.write((db) => db.bookings.confirm({ id: confirmed.id, jumpQueue: false }))
    const holds = [first, confirmed, foreign, second]
    const patch = { holdExpiresAt: '2099-01-01T00:00:00Z' }
    const prolonged = await mine.write((db) =>
      eachBooking(db, holds, (part, { id }) => part.bookings.patch({ id, patch })),
    )
    expect(prolonged).toEqual([done, refusedBy('RULE_VIOLATED'), refusedBy('NOT_FOUND'), done])
    expect(await mine.read.bookings.byId(second.id)).toEqual({ ...second, ...patch })
    const released = await mine.write((db) =>
      eachBooking(db, [first, foreign, confirmed], (part, named) => part.bookings.release(named)),
    )
    expect(released).toEqual([done, refusedBy('NOT_FOUND'), done])
    expect(await statesOf(mine, [first, confirmed, second])).toEqual(['released', 'released', 'hold 1'])
    expect(await actionsOf(mine, first)).toEqual(['released', 'changed', 'booked', 'created'])
    expect(await actionsOf(mine, second)).toEqual(['moved', 'changed', 'booked', 'created'])
    expect(await theirs.read.bookings.byId(foreign.id)).toEqual(foreign)
  })

  test('clients that confirm some of the same at once all get an answer, and each slot is one’s', async () => {
    const { mine } = placement()
    const resources = await newResources(mine, 4)
    const holds = await heldBy(mine, resources, 5)
    const named = (client: number) => {
      const some = holds.filter((_, index) => (index + client) % 4 !== 0)
      return client % 2 === 0 ? some : some.toReversed()
    }
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, client) => {
        const rows = named(client)
        const results = await mine.write((db) => eachBooking(db, rows, confirming(true)))
        return results.map((result, at) => ({ id: rows[at]?.id, result }))
      }),
    )
    const confirmed = answers.flat().flatMap(({ id, result }) => (result.done ? [id] : []))
    const refusals = answers.flat().flatMap(({ result }) => (result.done ? [] : [result.code]))
    expect(new Set(refusals)).toEqual(new Set(['CONFLICT', 'RULE_VIOLATED']))
    const now = await mine.read.bookings.list({ ...span, limit: 200 })
    const booked = now.rows.filter(({ state, resourceId }) => state === 'confirmed' && resources.includes(resourceId))
    expect(new Set(booked.map(({ id }) => id))).toEqual(new Set(confirmed))
    expect(confirmed).toHaveLength(resources.length)
    expect(new Set(booked.map(({ resourceId }) => resourceId))).toEqual(new Set(resources))
  })
})

const span = { from: '2027-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z' }

const confirming =
  (jumpQueue: boolean): Parameters<typeof eachBooking>[2] =>
  (part, { id }) =>
    part.bookings.confirm({ id, jumpQueue })

async function newResources(desk: Desk, count: number): Promise<string[]> {
  return desk.write(async (db) => {
    const made = []
    for (let index = 0; index < count; index++) made.push(await db.resources.create(resourceInput()))
    return made.map(({ id }) => id)
  })
}

/** Holds of each of some resources by so many dates that all are at the same time. */
async function heldBy(
  desk: Desk,
  resources: readonly (string | undefined)[],
  dates: number,
  more: { holdExpiresAt?: string } = {},
) {
  const held = await desk.write(async (db) => {
    const account = await db.accounts.create(accountInput())
    const { id: eventId } = await db.events.create(eventInput({ accountId: account.id }))
    const made: Booking[] = []
    for (let index = 0; index < dates; index++) {
      const { id: eventDateId } = await db.eventDates.create(eventDateInput({ eventId }))
      for (const resourceId of resources)
        made.push(...(await db.bookings.book(BookingInput.parse({ resourceId, eventDateId, ...more }))))
    }
    return made
  })
  // As many as were asked for.
  return held as [Booking, Booking, Booking, ...Booking[]]
}

async function statesOf({ read }: Desk, bookings: readonly { id: BookingId }[]): Promise<string[]> {
  const now = await Promise.all(bookings.map(({ id }) => read.bookings.byId(id)))
  return now.map(({ state, holdRank }) => (holdRank === null ? state : `${state} ${holdRank}`))
}

/** What its date tells of, newest first. */
async function actionsOf({ read }: Desk, { eventDateId }: Booking): Promise<string[]> {
  if (eventDateId === null) throw new Error('it is of a date')
  const { rows } = await read.eventDates.timeline(eventDateId, { limit: 10 })
  return rows.map(({ action }) => action)
}
