import type { BookingId, EventDateId, ResourceId } from '@tenantry/contracts/ids'
import type { BookingListQuery } from '@tenantry/contracts/resources'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { hold, newDate, newResource } from './bookings.fixture.ts'

const span = { from: '2027-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z' }
const later = '2099-01-01T00:00:00Z'

inEveryPlacement((placement) => {
  test('pages show every booking once, in the order in which they begin, and the count is theirs', async () => {
    const { mine } = placement()
    const booth = await newResource(mine)
    const dates = []
    // Three begin at once.
    for (const day of [14, 12, 13, 12, 12])
      dates.push(await newDate(mine, { localDate: `2027-06-${day}`, setupMinutes: 5 }))
    for (const date of dates) await hold(mine, booth, date)
    const resourceId = booth.id as ResourceId
    const shown = await everything(mine, { ...span, resourceId, limit: 2 })
    expect(shown.map(({ blockedFrom }) => blockedFrom.slice(8, 10))).toEqual(['12', '12', '12', '13', '14'])
    expect(new Set(shown.map(({ id }) => id)).size).toBe(5)
    expect(shown).toEqual((await mine.read.bookings.list({ ...span, resourceId, limit: 50 })).rows)
    expect(await mine.read.bookings.count({ ...span, resourceId })).toEqual({ count: 5, capped: false })
    const [first] = dates
    const eventDateId = first?.id as EventDateId
    const other = { resourceId: (await newResource(mine)).id }
    const counts = [{ eventDateId }, { eventDateId, resourceId }, { eventDateId, ...other }].map((of) =>
      mine.read.bookings.count({ ...span, ...of }).then(({ count }) => count),
    )
    expect(await Promise.all(counts)).toEqual([1, 1, 0])
    const made = Buffer.from(JSON.stringify(['name asc', 'x', eventDateId])).toString('base64url')
    const foreign = mine.read.bookings.list({ ...span, limit: 2, cursor: made })
    await expect(foreign).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  test('one hold is given more time than its event says of the others, and the history of its date tells so', async () => {
    const { mine, theirs } = placement()
    const [booth, date] = [await newResource(mine), await newDate(mine)]
    const held = await hold(mine, booth, date, { holdExpiresAt: '2098-01-01T00:00:00Z' })
    const patch = (id: BookingId, holdExpiresAt: string | null, desk = mine) =>
      desk.write((db) => db.bookings.patch({ id, patch: { holdExpiresAt } }))
    const prolonged = await patch(held.id, later)
    expect(prolonged).toEqual({ ...held, holdExpiresAt: later })
    expect(await mine.read.bookings.byId(held.id)).toEqual(prolonged)
    const [line] = (await mine.read.eventDates.timeline(date.id, { limit: 1 })).rows
    expect(line).toMatchObject({
      action: 'changed',
      versionAfter: null,
      diff: { holdExpiresAt: { from: '2098-01-01T00:00:00Z', to: later } },
    })
    const undo = mine.write((db) => db.eventDates.undo(date.id, line?.id ?? ''))
    await expect(undo).rejects.toMatchObject({ code: 'STALE_WRITE' })
    // The same again is no change.
    await patch(held.id, later)
    expect((await mine.read.eventDates.timeline(date.id, { limit: 10 })).rows).toHaveLength(3)
    expect(await patch(held.id, null)).toMatchObject({ holdExpiresAt: null })

    const refused = { code: 'RULE_VIOLATED', data: { field: 'holdExpiresAt' } }
    await expect(patch(held.id, '2026-01-01T00:00:00Z')).rejects.toMatchObject(refused)
    const over = await hold(mine, booth, await newDate(mine), { holdExpiresAt: '2026-01-01T00:00:00Z' })
    expect(await mine.read.bookings.byId(over.id)).toMatchObject({ state: 'released', holdRank: null })
    await expect(patch(over.id, later)).rejects.toMatchObject(refused)
    await mine.write((db) => db.bookings.confirm({ id: held.id, jumpQueue: false }))
    await expect(patch(held.id, later)).rejects.toMatchObject(refused)
    await expect(patch(held.id, later, theirs)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(theirs.read.bookings.byId(held.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await theirs.read.bookings.count(span)).toEqual({ count: 0, capped: false })
  })
})

async function everything({ read }: Desk, query: BookingListQuery) {
  const rows = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await read.bookings.list({ ...query, cursor })
    rows.push(...page.rows)
    cursor = page.nextCursor
  }
  return rows
}
