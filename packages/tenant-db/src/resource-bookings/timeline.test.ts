import type { BookingId } from '@tenantry/contracts/ids'
import type { Booking } from '@tenantry/contracts/resources'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { book, hold, newDate, newResource } from './bookings.fixture.ts'

inEveryPlacement((placement) => {
  test('a booking has the lines that are about it: who waited before, how long it stands, where its date went', async () => {
    const { mine, theirs } = placement()
    const [booth, van] = [await newResource(mine), await newResource(mine)]
    const [date, rival] = [await newDate(mine), await newDate(mine)]
    const { id: eventId } = await mine.read.events.byId(eventOf(date))
    const first = await hold(mine, booth, rival)
    const booking = await hold(mine, booth, date)
    const beside = await hold(mine, van, date)
    const move = async (localDate: string) => {
      const { version } = await mine.read.eventDates.byId(date.id)
      await mine.write((db) => db.eventDates.patch({ id: date.id, version, patch: { localDate } }))
    }
    await mine.write((db) => db.bookings.release({ id: first.id }))
    await mine.write((db) => db.bookings.expireHolds(eventId, '2099-01-01T00:00:00Z'))
    // The same again is no change.
    await mine.write((db) => db.bookings.expireHolds(eventId, '2099-01-01T00:00:00Z'))
    await move('2027-06-20')
    await mine.write((db) => db.bookings.confirm({ id: booking.id, jumpQueue: false }))
    await mine.write((db) => db.eventDates.patch({ id: date.id, version: 2, patch: { label: 'Dinner' } }))
    await mine.write((db) => db.bookings.release({ id: booking.id }))
    await move('2027-06-21')
    const again = await hold(mine, booth, date)
    await move('2027-06-22')

    const lifeOf = (fields: string[], { id }: { id: BookingId }) => ({ fields, id })
    expect(await told(mine, booking.id)).toEqual([
      ['released', lifeOf(['booking'], booking)],
      ['booked', lifeOf(['booking'], booking)],
      ['changed', { fields: ['localDate'] }],
      ['changed', lifeOf(['booking', 'holdExpiresAt'], booking)],
      ['moved', lifeOf(['booking'], booking)],
      ['booked', lifeOf(['bookings'], booking)],
    ])
    expect((await told(mine, again.id)).map(([action]) => action)).toEqual(['changed', 'booked'])
    expect((await told(mine, beside.id)).map(([action]) => action)).toEqual([
      'changed',
      'changed',
      'changed',
      'changed',
      'booked',
    ])
    // Page by page it is the same.
    const page = await mine.read.bookings.timeline(booking.id, { limit: 4 })
    const { rows } = await mine.read.bookings.timeline(booking.id, { limit: 4, cursor: page.nextCursor })
    expect([...page.rows, ...rows]).toEqual((await mine.read.bookings.timeline(booking.id, { limit: 50 })).rows)
    await expect(theirs.read.bookings.timeline(booking.id, { limit: 50 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a hold that is over has its end, a member of a combo its beginning, and a blackout its own lines and no others', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const kit = await newResource(mine, { memberIds: [booth.id] })
    const over = await book(mine, [kit, await newDate(mine)], { holdExpiresAt: '2026-01-01T00:00:00Z' })
    const blackOut = (day: string) =>
      mine.write((db) =>
        db.bookings.blackOut({
          resourceId: booth.id,
          from: `${day}T00:00:00Z`,
          until: `${day}T09:00:00Z`,
          reason: 'x',
        }),
      )
    const [repair, other] = [await blackOut('2027-05-01'), await blackOut('2027-05-02')]
    await mine.write((db) => db.bookings.release({ id: repair.id }))
    const actions = async ({ id }: Booking) => (await told(mine, id)).map(([action]) => action)
    const member = over.find(({ resourceId }) => resourceId === booth.id)
    if (member === undefined) throw new Error('a combo books its members')
    expect(await actions(member)).toEqual(['released', 'booked'])
    expect(await actions(repair)).toEqual(['released', 'booked'])
    expect(await actions(other)).toEqual(['booked'])
  })
})

function eventOf({ eventId }: Awaited<ReturnType<typeof newDate>>) {
  if (eventId === null) throw new Error('it is of an event')
  return eventId
}

/** The action of each line, the fields that it is about, and the booking that it names. */
async function told({ read }: Desk, id: BookingId) {
  const { rows } = await read.bookings.timeline(id, { limit: 50 })
  return rows.map(({ action, diff }) => {
    const named = JSON.stringify(diff).includes(id) && { id }
    return [action, { fields: Object.keys(diff).toSorted(), ...named }] as const
  })
}
