import { expect, test } from 'vitest'
import { zipf } from './zipf.ts'

test('the second is drawn half as often as the first, and everybody is drawn', () => {
  let at = 0
  const next = zipf(4, () => (at++ % 10_000) / 10_000)
  const drawn = [0, 0, 0, 0]
  for (let count = 0; count < 10_000; count++) {
    const rank = next()
    drawn[rank] = (drawn[rank] ?? 0) + 1
  }
  const [first = 0, second = 0, third = 0, fourth = 0] = drawn
  expect(first / second).toBeCloseTo(2, 1)
  expect(first / third).toBeCloseTo(3, 1)
  expect(first / fourth).toBeCloseTo(4, 1)
})
