import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountsOf, totalsOf, type PricedLine } from './lines.ts'

const line = (over: Partial<PricedLine> = {}): PricedLine => ({
  quantity: '1',
  unitPriceMinor: 10_000,
  discountMinor: 0,
  taxPpm: 0,
  ...over,
})
const lines = fc.array(
  fc.record({
    quantity: fc
      .integer({ min: 0, max: 999_999 })
      .map((n) => `${Math.floor(n / 1000)}.${`${n % 1000}`.padStart(3, '0')}`),
    unitPriceMinor: fc.integer({ min: -1_000_000, max: 10_000_000 }),
    discountMinor: fc.integer({ min: 0, max: 100_000 }),
    taxPpm: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  { maxLength: 30 },
)

test.each([
  ['a whole quantity', line({ quantity: '3' }), { grossMinor: 30_000, netMinor: 30_000, taxMinor: 0 }],
  ['a half up', line({ quantity: '0.5', unitPriceMinor: 1 }), { grossMinor: 1, netMinor: 1, taxMinor: 0 }],
  [
    'a negative half down',
    line({ quantity: '0.5', unitPriceMinor: -1 }),
    { grossMinor: -1, netMinor: -1, taxMinor: 0 },
  ],
  [
    'tax of 8.875 %',
    line({ unitPriceMinor: 9_999, taxPpm: 88_750 }),
    { grossMinor: 9_999, netMinor: 9_999, taxMinor: 887 },
  ],
  [
    'tax of what the discount leaves',
    line({ discountMinor: 1_000, taxPpm: 190_000 }),
    { grossMinor: 10_000, netMinor: 9_000, taxMinor: 1_710 },
  ],
])('the amounts of a line with %s', (_, given, amounts) => {
  expect(amountsOf(given)).toEqual(amounts)
})

test('the total is what the lines come to, in whatever order', () => {
  fc.assert(
    fc.property(lines, (given) => {
      const totals = totalsOf(given)
      const each = given.map(amountsOf)
      expect(totals.totalMinor).toBe(each.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0))
      expect(totals.totalMinor).toBe(totals.subtotalMinor - totals.discountMinor + totals.taxMinor)
      expect(totalsOf([...given].reverse())).toEqual(totals)
    }),
  )
})

test('a line that is taken back takes back exactly what it came to', () => {
  fc.assert(
    fc.property(lines, (given) => {
      const opposite = given.map((each) => ({
        ...each,
        unitPriceMinor: -each.unitPriceMinor,
        discountMinor: -each.discountMinor,
      }))
      expect(totalsOf([...given, ...opposite]).totalMinor).toBe(0)
    }),
  )
})

test('no line is off by more than half a unit', () => {
  fc.assert(
    fc.property(lines, (given) => {
      for (const each of given) {
        const { grossMinor, netMinor, taxMinor } = amountsOf(each)
        expect(Math.abs(grossMinor - Number(each.quantity) * each.unitPriceMinor)).toBeLessThanOrEqual(0.5 + 1e-6)
        expect(Math.abs(taxMinor - (netMinor * each.taxPpm) / 1e6)).toBeLessThanOrEqual(0.5 + 1e-6)
      }
    }),
  )
})

test('what no number can hold, and what is no quantity, is refused', () => {
  expect(() => totalsOf([line({ quantity: '999999999', unitPriceMinor: Number.MAX_SAFE_INTEGER })])).toThrow(RangeError)
  for (const quantity of ['', '1.2345', '1e3', ' 1', '1,5', 'NaN']) {
    expect(() => amountsOf(line({ quantity }))).toThrow(RangeError)
  }
})
