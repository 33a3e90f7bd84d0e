import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  beforeAll(() => placement().mine.write((db) => db.pipelines.create(pipelineInput())))

  test.each([
    ['in winter', '2027-01-10', '18:00', '23:00', '2027-01-10T17:00:00Z', '2027-01-10T22:00:00Z'],
    ['in summer', '2027-07-10', '18:00', '23:00', '2027-07-10T16:00:00Z', '2027-07-10T21:00:00Z'],
    [
      'over the night that is an hour short',
      '2027-03-27',
      '22:00',
      '04:00',
      '2027-03-27T21:00:00Z',
      '2027-03-28T02:00:00Z',
    ],
    [
      'over the night that is an hour long',
      '2027-10-30',
      '22:00',
      '04:00',
      '2027-10-30T20:00:00Z',
      '2027-10-31T03:00:00Z',
    ],
    ['until midnight', '2027-07-10', '18:00', '00:00', '2027-07-10T16:00:00Z', '2027-07-10T22:00:00Z'],
  ])(
    'a party %s takes the hours that its guests see on the wall',
    async (_, localDate, startTime, endTime, startsAt, endsAt) => {
      const { mine } = placement()
      const date = await newDate(mine, { localDate, startTime, endTime, endsNextDay: endTime < startTime })
      expect(date).toMatchObject({ startsAt, endsAt, startTime: `${startTime}:00`, endTime: `${endTime}:00` })
    },
  )

  test('set-up and tear-down are minutes that pass, also when clocks change in between', async () => {
    const { mine } = placement()
    const date = await newDate(mine, {
      localDate: '2027-03-28',
      startTime: '04:00',
      endTime: '06:00',
      setupMinutes: 120,
    })
    const van = await mine.write((db) => db.resources.create({ ...resource, name: 'Van' }))
    const [booking] = await mine.write((db) =>
      db.bookings.book({ resourceId: van.id, eventDateId: date.id, state: 'hold', jumpQueue: false }),
    )
    // 04:00 in Berlin is 02:00 in UTC by then; two hours earlier it is 01:00 in Berlin, which is midnight in UTC.
    expect(booking).toMatchObject({ blockedFrom: '2027-03-28T00:00:00Z', blockedUntil: '2027-03-28T04:00:00Z' })
  })

  test('a date that moves to another zone keeps its hours on the wall', async () => {
    const { mine } = placement()
    const { id } = await newDate(mine, { localDate: '2027-07-10' })
    const moved = await mine.write((db) =>
      db.eventDates.patch({ id, version: 1, patch: { timeZone: 'America/New_York' } }),
    )
    expect(moved).toMatchObject({ startTime: '18:00:00', startsAt: '2027-07-10T22:00:00Z' })
  })
})

const resource = {
  kind: 'vehicle' as const,
  isActive: true,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  memberIds: [],
}

function newDate(desk: Desk, fields: Parameters<typeof eventDateInput>[0]) {
  return desk.write(async (db) => {
    const { id } = await db.opportunities.create(opportunityInput())
    return db.eventDates.create(eventDateInput({ opportunityId: id, ...fields }))
  })
}
