import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

let served: ServedWorld<'alder'>
beforeAll(async () => {
  served = await serveWorld({ alder: { server: mainServer() } })
})
afterAll(() => served.close())

test('whoever moves, removes, confirms and releases some of the same at once gets an answer', async () => {
  const owner = await served.as('alder')
  const { events, dates, bookings } = await bookedEvents(owner)
  const half = <Row>(rows: readonly Row[], part: number) => rows.filter((_, index) => index % 3 !== part)
  const patch = { setupMinutes: 30 }
  const answers = await Promise.all([
    ...[0, 1, 2].map((part) => owner.ask('eventDates.bulkPatch', { rows: half(dates, part), patch })),
    owner.ask('eventDates.bulkRemove', { rows: dates.slice(0, 4) }),
    owner.ask('events.bulkRemove', { rows: events.slice(0, 2) }),
    owner.ask('bookings.bulkConfirm', { rows: bookings, jumpQueue: true }),
    ...bookings.slice(-4).map((row) => owner.ask('bookings.confirm', { ...row, jumpQueue: true })),
    ...bookings.slice(0, 4).map((row) => owner.ask('bookings.release', row)),
  ])
  const outcomes = new Set(answers.map(({ outcome }) => outcome))
  expect(outcomes).toContain('ok')
  // Whoever meets somebody else's change is told so, and a slow machine may turn somebody away: neither is a failure.
  const answered = ['ok', 'CONFLICT', 'RULE_VIOLATED', 'TENANT_DATABASE_BUSY']
  expect([...outcomes].filter((outcome) => !answered.includes(outcome))).toEqual([])
})

/** Dates of several events, none next to another of its own, that all hold the same two resources. */
async function bookedEvents(owner: Browser) {
  const { id: accountId } = await owner.call('accounts.create', { name: 'Booked' })
  const resources = [
    await owner.call('resources.create', { name: 'Booth', kind: 'equipment' }),
    await owner.call('resources.create', { name: 'Van', kind: 'vehicle' }),
  ]
  const events = []
  for (const title of ['Gala', 'Fair', 'Ball', 'Show'])
    events.push(await owner.call('events.create', { title, eventType: 'gala', timeZone: 'UTC', accountId }))
  const [dates, bookings] = [[] as { id: string; version: number }[], [] as { id: string }[]]
  for (let day = 10; day < 22; day++) {
    const eventId = events[day % events.length]?.id
    const when = { localDate: `2031-05-${day}`, startTime: '18:00', endTime: '23:00', timeZone: 'UTC' }
    const { id, version } = await owner.call('eventDates.create', { eventId, ...when })
    dates.push({ id, version })
    for (const resource of resources)
      for (const booking of await owner.call('bookings.book', { resourceId: resource.id, eventDateId: id }))
        bookings.push({ id: booking.id })
  }
  return { events: events.map(({ id }) => ({ id, version: 1 })), dates, bookings }
}
