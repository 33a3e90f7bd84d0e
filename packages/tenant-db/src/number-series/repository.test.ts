import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  const take = (desk: Desk, key: 'quote' | 'contract' | 'invoice' | 'credit_note') =>
    desk.write((db) => db.numberSeries.take(key))
  const thisYear = new Date().getUTCFullYear()

  test('each series of each tenant counts for itself, from one', async () => {
    const { mine, theirs } = placement()
    expect(await take(mine, 'quote')).toBe('Q-0001')
    expect(await take(mine, 'quote')).toBe('Q-0002')
    expect(await take(mine, 'credit_note')).toBe('CN-0001')
    expect(await take(theirs, 'quote')).toBe('Q-0001')
    expect(await mine.read.numberSeries.list()).toEqual([
      { key: 'quote', prefix: 'Q-', pad: 4, reset: 'never', nextValue: 3 },
      { key: 'contract', prefix: 'C-', pad: 4, reset: 'never', nextValue: 1 },
      { key: 'invoice', prefix: 'INV-', pad: 4, reset: 'never', nextValue: 1 },
      { key: 'credit_note', prefix: 'CN-', pad: 4, reset: 'never', nextValue: 2 },
    ])
  })

  test('a number goes back with a transaction that fails, also while others wait for it', async () => {
    const { mine } = placement()
    const attempts = await Promise.allSettled(
      Array.from({ length: 80 }, (_, index) =>
        mine.write(async (db) => {
          const number = await db.numberSeries.take('invoice')
          if (index % 4 === 0) throw new Error('changed my mind')
          return number
        }),
      ),
    )
    const taken = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    const expected = Array.from({ length: 60 }, (_, index) => `INV-${String(index + 1).padStart(4, '0')}`)
    expect(taken.toSorted()).toEqual(expected)
  })

  test('a yearly series begins anew with the year, and names it', async () => {
    const { mine } = placement()
    await mine.write((db) => db.numberSeries.change({ key: 'contract', reset: 'yearly', prefix: 'K/', pad: 3 }))
    expect(await take(mine, 'contract')).toBe(`K/${thisYear}-001`)
    expect(await take(mine, 'contract')).toBe(`K/${thisYear}-002`)
    await setPeriod(mine, String(thisYear - 1))
    expect(await take(mine, 'contract')).toBe(`K/${thisYear}-001`)
  })

  test('whoever began before midnight and comes after somebody of the new year does not begin that year twice', async () => {
    const { theirs } = placement()
    await theirs.write((db) => db.numberSeries.change({ key: 'contract', reset: 'yearly' }))
    await take(theirs, 'contract')
    await setPeriod(theirs, String(thisYear + 1))
    expect(await take(theirs, 'contract')).toBe(`C-${thisYear + 1}-0002`)
    expect(await take(theirs, 'contract')).toBe(`C-${thisYear + 1}-0003`)
  })

  test('the year is that of the company, not of the server', async () => {
    const { mine } = placement()
    const days: string[] = []
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      await mine.write((db) => db.company.put({ name: 'Alder', timeZone, locale: 'en', currency: 'EUR' }))
      days.push(await mine.read.company.today())
    }
    // 25 hours apart: it is never the same day in both.
    expect(days[0]).not.toBe(days[1])
  })

  test('the next number can be raised, and never lowered', async () => {
    const { mine } = placement()
    const raised = await mine.write((db) => db.numberSeries.change({ key: 'quote', nextValue: 500 }))
    expect(raised).toMatchObject({ nextValue: 500, prefix: 'Q-' })
    await expect(mine.write((db) => db.numberSeries.change({ key: 'quote', nextValue: 499 }))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'nextValue' },
    })
    expect(await take(mine, 'quote')).toBe('Q-0500')
  })
})

function setPeriod(desk: Desk, period: string) {
  return desk.database.transaction((tx) => tx.run(update, { period }))
}

const update = statement<{ period: string }, never>((db) =>
  db.execute(sql`update crm.number_series set period = ${sql.placeholder('period')} where key = 'contract'`),
)
