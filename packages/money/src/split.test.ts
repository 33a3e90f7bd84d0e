import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOf, splitAmount } from './split.ts'

const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const ratios = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
  .filter((all) => all.some(Boolean))

test('parts sum up to the amount, and none is more than a unit away from its due', () => {
  fc.assert(
    fc.property(amounts, ratios, (amount, given) => {
      const parts = splitAmount(amount, given)
      expect(parts).toHaveLength(given.length)
      expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amount))
      const whole = BigInt(given.reduce((sum, ratio) => sum + ratio, 0))
      for (const [index, part] of parts.entries()) {
        const off = BigInt(part) * whole - BigInt(amount) * BigInt(given[index] ?? 0)
        expect(off > -whole && off <= whole).toBe(true)
      }
    }),
  )
})

test('a share and the rest are the whole', () => {
  expect(shareOf(10_001, 300_000)).toBe(3_000)
  expect(shareOf(10_005, 300_000)).toBe(3_002)
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: 1_000_000 }), (amount, ppm) => {
      const share = shareOf(amount, ppm)
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThanOrEqual(amount)
    }),
  )
})
