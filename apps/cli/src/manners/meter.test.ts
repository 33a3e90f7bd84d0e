import { expect, test } from 'vitest'
import { renderMeter } from './meter.ts'

test.each([
  [{ done: 0, total: 200, elapsedMs: 0 }, '0 of 200'],
  [{ done: 3, total: 200, elapsedMs: 900 }, '3 of 200'],
  [{ done: 50, total: 200, elapsedMs: 10_000 }, '50 of 200 · 5.0/s · 0:30 left'],
  [{ done: 1_000, total: 1_000_000, elapsedMs: 10_000 }, '1,000 of 1,000,000 · 100/s · 2:46:30 left'],
  [{ done: 200, total: 200, elapsedMs: 10_000 }, '200 of 200 · 20.0/s'],
])('%o is shown as «%s»', (measured, text) => {
  expect(renderMeter(measured)).toBe(text)
})
