import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { book, hold, newDate, newResource, standingOf, standingOfDate } from './bookings.fixture.ts'

inEveryPlacement((placement) => {
  test('a resource that is booked is refused to everybody else, who learn by what', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const date = await newDate(mine)
    const [booked] = await book(mine, [booth, date], { state: 'confirmed' })
    const second = book(mine, [booth, await newDate(mine)], { state: 'confirmed' })
    await expect(second).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'This resource is taken at that time.',
      data: { reason: 'taken', bookings: [{ id: booked?.id, eventTitle: date.eventTitle }] },
    })
    expect(await standingOf(mine, booth)).toEqual(['confirmed'])
  })

  test('a hold becomes a booking when it is its turn, and before its turn only for those who jump the queue', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const first = await hold(mine, booth, await newDate(mine))
    const second = await hold(mine, booth, await newDate(mine))
    await expect(mine.write((db) => db.bookings.confirm({ id: second.id, jumpQueue: false }))).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'queue', bookings: [{ id: first.id, holdRank: 1 }] },
    })
    const jumped = await mine.write((db) => db.bookings.confirm({ id: second.id, jumpQueue: true }))
    expect(jumped).toMatchObject({ state: 'confirmed', holdRank: null })
    await expect(mine.write((db) => db.bookings.confirm({ id: first.id, jumpQueue: true }))).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'taken' },
    })
    await expect(book(mine, [booth, await newDate(mine)], { state: 'confirmed' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
  })

  test('a blackout is refused where something is booked, and refuses what would be booked', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    await book(mine, [booth, await newDate(mine)], { state: 'confirmed' })
    const day = (localDay: string) => ({
      resourceId: booth.id,
      from: `${localDay}T00:00:00Z`,
      until: `${localDay}T23:59:00Z`,
      reason: 'Repair',
    })
    await expect(mine.write((db) => db.bookings.blackOut(day('2027-06-12')))).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    const blackout = await mine.write((db) => db.bookings.blackOut(day('2027-06-14')))
    expect(blackout).toMatchObject({ state: 'confirmed', eventDateId: null, reason: 'Repair' })
    const then = await newDate(mine, { localDate: '2027-06-14' })
    await expect(book(mine, [booth, then], { state: 'confirmed' })).rejects.toMatchObject({
      data: { bookings: [{ reason: 'Repair' }] },
    })
    await expect(
      mine.write((db) => db.bookings.blackOut({ ...day('2027-06-15'), until: '2027-06-15T00:00:00Z' })),
    ).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'until' } })
  })

  test('a date that moves takes its bookings along, or stays where it is when one of them would clash', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const [date, other] = [await newDate(mine), await newDate(mine, { localDate: '2027-06-20' })]
    await book(mine, [booth, date], { state: 'confirmed' })
    await book(mine, [booth, other], { state: 'confirmed' })
    const onto = mine.write((db) =>
      db.eventDates.patch({ id: date.id, version: 1, patch: { localDate: '2027-06-20' } }),
    )
    await expect(onto).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'taken' } })
    expect(await mine.read.eventDates.byId(date.id)).toEqual(date)
    await mine.write((db) => db.eventDates.patch({ id: date.id, version: 1, patch: { localDate: '2027-06-21' } }))
    expect(await standingOfDate(mine, date)).toMatchObject([
      { blockedFrom: '2027-06-21T16:00:00Z', blockedUntil: '2027-06-21T21:00:00Z' },
    ])
  })

  test('a hold that moves with its date joins the other queue at its end, and the old one closes up', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const [date, behind] = [await newDate(mine), await newDate(mine)]
    await hold(mine, booth, date)
    await hold(mine, booth, behind)
    await hold(mine, booth, await newDate(mine, { localDate: '2027-06-20' }))
    await mine.write((db) => db.eventDates.patch({ id: date.id, version: 1, patch: { localDate: '2027-06-20' } }))
    expect(await standingOfDate(mine, date)).toMatchObject([{ holdRank: 2 }])
    const [line] = (await mine.read.eventDates.timeline(date.id, { limit: 1 })).rows
    expect(line).toMatchObject({ action: 'moved', diff: { booking: { from: { holdRank: 1 }, to: { holdRank: 2 } } } })
    expect(await standingOfDate(mine, behind)).toMatchObject([{ holdRank: 1 }])
  })

  test.each(['cancelled', 'removed', 'event removed'])('a date that is %s gives its slots back', async (what) => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const [date, behind] = [await newDate(mine), await newDate(mine)]
    await hold(mine, booth, date)
    await hold(mine, booth, behind)
    await mine.write(async (db) => {
      if (what === 'cancelled') await db.eventDates.patch({ id: date.id, version: 1, patch: { status: 'cancelled' } })
      else if (what === 'removed') await db.eventDates.remove(date)
      else if (date.eventId !== null) await db.events.remove({ id: date.eventId, version: 1 })
    })
    expect(await standingOf(mine, booth)).toEqual(['hold 1'])
    expect(await standingOfDate(mine, behind)).toMatchObject([{ holdRank: 1 }])
  })

  test('of clients that book one resource at once for times that overlap, none gets what another has', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const dates = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        newDate(mine, { startTime: `${10 + (index % 8)}:00`, endTime: '23:00' }),
      ),
    )
    const outcomes = await Promise.allSettled(
      dates.flatMap((date) => [book(mine, [booth, date], { state: 'confirmed' }), book(mine, [booth, date])]),
    )
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
    for (const reason of refusals) expect(reason).toMatchObject({ code: 'CONFLICT' })
    expect(await overlapsOf(mine, booth.id)).toEqual({ confirmed: 0, ranks: 0 })
    const standing = await standingOf(mine, booth)
    expect(standing.filter((state) => state === 'confirmed').length).toBeLessThanOrEqual(1)
    expect(standing.length).toBeGreaterThan(5)
  })
})

/** Pairs of confirmed bookings, and of holds of one rank, that overlap: counted from the rows, not from what was answered. */
async function overlapsOf(desk: Desk, resourceId: string) {
  const [row] = await desk.database.reader.run(overlaps, { resourceId })
  return row
}

const overlaps = statement<{ resourceId: string }, { confirmed: number; ranks: number }>((db) =>
  db.execute<{ confirmed: number; ranks: number }>(sql`
    select count(*) filter (where a.state = 'confirmed')::int as confirmed,
      count(*) filter (where a.state = 'hold' and a.hold_rank = b.hold_rank)::int as ranks
    from crm.resource_bookings a join crm.resource_bookings b
      on b.resource_id = a.resource_id and b.id > a.id and b.state = a.state and b.blocked_range && a.blocked_range
    where a.resource_id = ${sql.placeholder('resourceId')}`),
)
