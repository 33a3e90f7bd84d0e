import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'
import type { TenantDb } from '../writer.ts'
import { book, hold, newDate, newResource, standingOf, standingOfDate } from './bookings.fixture.ts'

inEveryPlacement((placement) => {
  test('holds of one slot queue in the order in which they come', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const ranks = []
    for (let count = 0; count < 3; count++) ranks.push((await hold(mine, booth, await newDate(mine))).holdRank)
    expect(ranks).toEqual([1, 2, 3])
  })

  test('holds of other slots, and of a slot that begins when the other ends, do not queue', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    await hold(mine, booth, await newDate(mine))
    expect(await hold(mine, booth, await newDate(mine, { localDate: '2027-06-13' }))).toMatchObject({ holdRank: 1 })
    const after = await newDate(mine, { startTime: '23:00', endTime: '23:30' })
    expect(await hold(mine, booth, after)).toMatchObject({ holdRank: 1 })
  })

  test('set-up, tear-down and the buffers of the resource are a part of the slot', async () => {
    const { mine } = placement()
    const van = await newResource(mine, { bufferBeforeMinutes: 30, bufferAfterMinutes: 60 })
    const date = await newDate(mine, { setupMinutes: 90, teardownMinutes: 45 })
    expect(await hold(mine, van, date)).toMatchObject({
      blockedFrom: '2027-06-12T14:00:00Z',
      blockedUntil: '2027-06-12T22:45:00Z',
    })
    const night = await newDate(mine, { startTime: '23:30', endTime: '23:45' })
    expect(await hold(mine, van, night)).toMatchObject({ holdRank: 2 })
  })

  test('releasing the first hold moves the second to its place', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const first = await hold(mine, booth, await newDate(mine))
    const second = await hold(mine, booth, await newDate(mine))
    await hold(mine, booth, await newDate(mine))
    await mine.write((db) => db.bookings.release({ id: first.id }))
    expect(await standingOf(mine, booth)).toEqual(['hold 1', 'hold 2'])
    const { rows } = await mine.read.bookings.list({
      limit: 50,
      from: second.blockedFrom,
      until: second.blockedUntil,
      eventDateId: second.eventDateId ?? undefined,
    })
    expect(rows).toMatchObject([{ id: second.id, holdRank: 1 }])
  })

  test('a release lets nobody past those they still overlap', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const long = await hold(mine, booth, await newDate(mine, { startTime: '10:00', endTime: '20:00' }))
    const early = await hold(mine, booth, await newDate(mine, { startTime: '08:00', endTime: '12:00' }))
    const noon = await hold(mine, booth, await newDate(mine, { startTime: '11:00', endTime: '13:00' }))
    const late = await hold(mine, booth, await newDate(mine, { startTime: '18:00', endTime: '19:00' }))
    expect([long, early, noon, late].map(({ holdRank }) => holdRank)).toEqual([1, 2, 3, 2])
    await mine.write((db) => db.bookings.release({ id: long.id }))
    expect(await standingOf(mine, booth)).toEqual(['hold 1', 'hold 2', 'hold 1'])
  })

  test('a hold that has expired is gone for whoever comes next, and those behind have moved up', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const expired = await hold(mine, booth, await newDate(mine), { holdExpiresAt: '2026-01-01T00:00:00Z' })
    await hold(mine, booth, await newDate(mine))
    expect(await hold(mine, booth, await newDate(mine))).toMatchObject({ holdRank: 2 })
    expect(await standingOf(mine, booth)).toEqual(['hold 1', 'hold 2'])
    const confirmed = mine.write((db) => db.bookings.confirm({ id: expired.id, jumpQueue: false }))
    await expect(confirmed).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('a hold that is over is not shown any more, and the histories tell that it expired and who moved up', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const [gone, behind] = [await newDate(mine), await newDate(mine)]
    for (const date of [gone, behind]) await hold(mine, booth, date)
    if (gone.eventId === null) throw new Error('it is of an event')
    const eventId = gone.eventId
    await mine.write((db) => db.bookings.expireHolds(eventId, '2026-01-01T00:00:00Z'))
    // Nobody has written anything since.
    expect(await standingOfDate(mine, gone)).toEqual([])
    const { resourceIds, eventIds } = await mine.read.bookings.findExpired({ most: 100 })
    expect([eventIds, resourceIds]).toEqual([[gone.eventId], []])
    await mine.write((db) => db.bookings.releaseExpiredIn(booth.id))
    const lastOf = async ({ id }: typeof gone) => (await mine.read.eventDates.timeline(id, { limit: 1 })).rows
    const resourceId = booth.id
    expect(await lastOf(gone)).toMatchObject([
      {
        action: 'released',
        actorKind: 'system',
        actorId: null,
        versionAfter: null,
        diff: {
          booking: { from: { resourceId, state: 'hold', holdRank: 1 }, to: { state: 'released', holdRank: null } },
          holdExpiresAt: { from: '2026-01-01T00:00:00Z', to: null },
        },
      },
    ])
    expect(await lastOf(behind)).toMatchObject([
      { action: 'moved', diff: { booking: { from: { resourceId, holdRank: 2 }, to: { state: 'hold', holdRank: 1 } } } },
    ])
    expect((await mine.read.bookings.findExpired({ most: 100 })).eventIds).toEqual([])
  })

  test('a hold that is over while somebody confirms it is one of the two, and whoever waits behind it has their turn', async () => {
    const { mine } = placement()
    const round = async () => {
      const booth = await newResource(mine)
      const [first, second] = [await newDate(mine), await newDate(mine)]
      const holdExpiresAt = new Date(Date.now() + 150).toISOString()
      const held = await hold(mine, booth, first, { holdExpiresAt })
      const next = await hold(mine, booth, second)
      const later = <T>(write: (db: TenantDb) => Promise<T>) =>
        sleep(100 + Math.random() * 100).then(() => mine.write(write))
      const outcomes = await Promise.allSettled<unknown>([
        later((db) => db.bookings.confirm({ id: held.id, jumpQueue: false })),
        later((db) => db.bookings.confirm({ id: next.id, jumpQueue: false })),
        later((db) => db.bookings.releaseExpiredIn(booth.id)),
        later((db) => db.bookings.releaseExpiredIn(booth.id)),
      ])
      await sleep(100)
      await mine.write((db) => db.bookings.releaseExpiredIn(booth.id))
      const [mineOf, theirsOf] = [await standingOfDate(mine, first), await standingOfDate(mine, second)]
      const lines = (await mine.read.eventDates.timeline(first.id, { limit: 10 })).rows.map(({ action }) => action)
      const isMine = outcomes[0]?.status === 'fulfilled'
      expect(mineOf.map(({ state }) => state)).toEqual(isMine ? ['confirmed'] : [])
      expect(lines).toEqual([isMine ? 'booked' : 'released', 'booked', 'created'])
      const isNext = outcomes[1]?.status === 'fulfilled'
      expect(theirsOf).toMatchObject([isNext ? { state: 'confirmed' } : { state: 'hold', holdRank: 1 }])
      expect(isMine && isNext).toBe(false)
      const codes = outcomes.flatMap((one) =>
        one.status === 'rejected' ? [(one.reason as { code?: string }).code] : [],
      )
      for (const code of codes) expect(['CONFLICT', 'RULE_VIOLATED']).toContain(code)
    }
    await Promise.all(Array.from({ length: 8 }, round))
  })

  test('a tenth hold is refused', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    for (let count = 0; count < 9; count++) await hold(mine, booth, await newDate(mine))
    await expect(hold(mine, booth, await newDate(mine))).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'full' },
    })
  })

  test('a combo holds every member, to any depth, and a date has each of them once', async () => {
    const { mine } = placement()
    const [lamp, stand] = [await newResource(mine), await newResource(mine)]
    const light = await newResource(mine, { memberIds: [lamp.id, stand.id] })
    const kit = await newResource(mine, { memberIds: [light.id] })
    const date = await newDate(mine)
    const booked = await book(mine, [kit, date])
    expect(booked.map(({ resourceId }) => resourceId).sort()).toEqual([lamp.id, stand.id, light.id, kit.id].sort())
    await expect(book(mine, [lamp, date])).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'own' } })
    expect(await hold(mine, stand, await newDate(mine))).toMatchObject({ holdRank: 2 })
  })

  test('resources and dates of another tenant are not there', async () => {
    const { mine, theirs } = placement()
    const [booth, date] = [await newResource(mine), await newDate(mine)]
    const [theirBooth, theirDate] = [await newResource(theirs), await newDate(theirs)]
    await expect(book(mine, [theirBooth, date])).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'resourceId' },
    })
    await expect(book(mine, [booth, theirDate])).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'eventDateId' },
    })
    const theirHold = await hold(theirs, theirBooth, theirDate)
    for (const act of ['release', 'confirm'] as const)
      await expect(mine.write((db) => db.bookings[act]({ id: theirHold.id, jumpQueue: true }))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    expect(await standingOf(mine, theirBooth)).toEqual([])
    expect(await standingOf(theirs, theirBooth)).toEqual(['hold 1'])
  })

  test('what is not in use, a date in the bin and a cancelled date cannot be booked', async () => {
    const { mine } = placement()
    const [booth, broken] = [await newResource(mine), await newResource(mine, { isActive: false })]
    const [date, gone, off] = [await newDate(mine), await newDate(mine), await newDate(mine)]
    await mine.write((db) => db.eventDates.remove(gone))
    await mine.write((db) => db.eventDates.patch({ id: off.id, version: 1, patch: { status: 'cancelled' } }))
    for (const pair of [
      [broken, date],
      [booth, gone],
      [booth, off],
    ] as const)
      await expect(book(mine, [...pair])).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('the history of a date tells what was booked for it and released', async () => {
    const { mine } = placement()
    const date = await newDate(mine)
    const booking = await hold(mine, await newResource(mine), date)
    await mine.write((db) => db.bookings.confirm({ id: booking.id, jumpQueue: false }))
    await mine.write((db) => db.bookings.release({ id: booking.id }))
    const { rows } = await mine.read.eventDates.timeline(date.id, { limit: 10 })
    expect(rows.map(({ action, versionAfter }) => `${action} ${versionAfter}`)).toEqual([
      'released null',
      'booked null',
      'booked null',
      'created 1',
    ])
    for (const { id } of rows.slice(0, 3))
      await expect(mine.write((db) => db.eventDates.undo(date.id, id))).rejects.toMatchObject({ code: 'STALE_WRITE' })
  })
})
