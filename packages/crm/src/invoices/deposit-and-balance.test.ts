import { notationFor } from '@tenantry/documents/notation'
import { amountsOf, totalsOf } from '@tenantry/money/lines'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { balanceDueOn, depositAndBalance, instalmentsOf, type PaymentTerms } from './deposit-and-balance.ts'

const dayMs = 86_400_000
const english = notationFor('en', 'EUR')

const lines = fc.array(
  fc
    .record({
      quantity: fc
        .integer({ min: 1, max: 99_999 })
        .map((n) => `${Math.floor(n / 1000)}.${`${n % 1000}`.padStart(3, '0')}`),
      unitPriceMinor: fc.integer({ min: 0, max: 1_000_000 }),
      discountMinor: fc.integer({ min: 0, max: 500 }),
      taxPpm: fc.constantFrom(0, 70_000, 88_750, 190_000),
    })
    .map((line): PaymentTerms['lines'][number] => ({
      ...line,
      ...amountsOf(line),
      name: 'x',
      description: null,
      isOptional: false,
      isSelected: true,
    })),
  { minLength: 1, maxLength: 12 },
)

test('deposit and rest are together what the quote comes to, for every share', () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 0, max: 1_000_000 }), (given, depositPpm) => {
      fc.pre(totalsOf(given).totalMinor >= 0)
      const terms = { number: 'Q-1', lines: given, depositPpm, instalments: 1 }
      const { deposit, balance } = depositAndBalance(terms, english)
      const sum = BigInt(totalsOf(deposit).totalMinor) + BigInt(totalsOf(balance).totalMinor)
      expect(sum).toBe(BigInt(totalsOf(given).totalMinor))
      expect(totalsOf(deposit).taxMinor + totalsOf(balance).taxMinor).toBe(totalsOf(given).taxMinor)
    }),
  )
})

test('no deposit is no invoice, and a deposit of everything leaves no rest', () => {
  const line: PaymentTerms['lines'][number] = {
    name: 'Booth',
    description: null,
    quantity: '1.000',
    unitPriceMinor: 10_000,
    discountMinor: 0,
    taxPpm: 190_000,
    isOptional: false,
    isSelected: true,
    netMinor: 10_000,
  }
  const split = (depositPpm: number) =>
    depositAndBalance({ number: 'Q-1', lines: [line], instalments: 1, depositPpm }, english)
  expect(split(0).deposit).toEqual([])
  expect(split(1_000_000).balance).toEqual([])
  expect(split(300_000).deposit).toMatchObject([
    { name: 'Deposit of 30% on Q-1', unitPriceMinor: 3_000, taxPpm: 190_000 },
  ])
})

test('parts sum up to the total and fall due month by month, none before today', () => {
  expect(instalmentsOf(10_000, { count: 3, dueOn: '2027-03-31', today: '2027-02-15' }, english.words)).toEqual([
    { label: 'Part 1 of 3', dueOn: '2027-02-15', amountMinor: 3_334 },
    { label: 'Part 2 of 3', dueOn: '2027-02-28', amountMinor: 3_333 },
    { label: 'Part 3 of 3', dueOn: '2027-03-31', amountMinor: 3_333 },
  ])
  expect(instalmentsOf(2, { count: 3, dueOn: '2027-03-31', today: '2027-01-01' }, english.words)).toHaveLength(2)
})

test('the rest is due some days before the event, at once when it is nearer, and later without an event', () => {
  const today = '2027-01-10'
  expect(balanceDueOn({ firstDay: '2027-06-01', balanceDueDays: 14 }, today)).toBe('2027-05-18')
  expect(balanceDueOn({ firstDay: '2027-01-12', balanceDueDays: 14 }, today)).toBe(today)
  expect(balanceDueOn({ firstDay: undefined, balanceDueDays: 14 }, today)).toBe('2027-01-24')
})

const day = fc
  .integer({ min: Date.UTC(2024, 0, 1) / dayMs, max: Date.UTC(2032, 11, 31) / dayMs })
  .map((number) => asDay(number * dayMs))

test('whatever is split into whatever parts, they are the whole, and each falls due as on a calendar on the wall', () => {
  const cases = fc.record({
    total: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
    count: fc.integer({ min: 1, max: 24 }),
    dueOn: day,
    today: day,
  })
  fc.assert(
    fc.property(cases, ({ total, count, dueOn, today }) => {
      const parts = instalmentsOf(total, { count, dueOn, today }, english.words)
      expect(parts.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)).toBe(BigInt(total))
      // A total of fewer units than parts has a part for each unit.
      expect(parts).toHaveLength(Math.min(count, total))
      const amounts = parts.map(({ amountMinor }) => amountMinor)
      expect(Math.max(...amounts) - Math.min(...amounts)).toBeLessThanOrEqual(1)
      const days = Array.from({ length: count }, (_, index) => later(monthsBefore(dueOn, count - 1 - index), today))
      expect(parts.map((part) => part.dueOn)).toEqual(days.slice(0, parts.length))
    }),
  )
})

test('the rest is due so many days before the event as a calendar on the wall says, and never in the past', () => {
  const cases = fc.record({
    firstDay: fc.option(day, { nil: undefined }),
    balanceDueDays: fc.integer({ min: 0, max: 365 }),
    today: day,
  })
  fc.assert(
    fc.property(cases, ({ firstDay, balanceDueDays, today }) => {
      const from = Date.parse(`${firstDay ?? today}T00:00:00Z`)
      const due = asDay(from + (firstDay === undefined ? 1 : -1) * balanceDueDays * dayMs)
      expect(balanceDueOn({ firstDay, balanceDueDays }, today)).toBe(later(due, today))
    }),
  )
})

function asDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

function later(one: string, other: string): string {
  return one < other ? other : one
}

/** The same day of an earlier month, or its last one. */
function monthsBefore(from: string, months: number): string {
  const [year = 0, month = 0, date = 0] = from.split('-').map(Number)
  const lastOfMonth = new Date(Date.UTC(year, month - months, 0))
  return asDay(
    Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), Math.min(date, lastOfMonth.getUTCDate())),
  )
}
