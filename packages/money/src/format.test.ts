import { expect, test } from 'vitest'
import { formatMinor } from './format.ts'

test('an amount is written as its currency and its locale have it', () => {
  expect(formatMinor(123_456, 'EUR', 'de-DE')).toBe('1.234,56\u00A0€')
  expect(formatMinor(123_456, 'USD', 'en-US')).toBe('$1,234.56')
  expect(formatMinor(123_456, 'JPY', 'ja-JP')).toBe('￥123,456')
  expect(formatMinor(-5, 'KWD', 'en')).toBe('-KWD\u00A00.005')
  expect(formatMinor(0, 'EUR', 'en')).toBe('€0.00')
})

test('the largest amount that is stored is written to its last cent', () => {
  expect(formatMinor(Number.MAX_SAFE_INTEGER, 'USD', 'en-US')).toBe('$90,071,992,547,409.91')
  expect(formatMinor(-Number.MAX_SAFE_INTEGER, 'USD', 'en-US')).toBe('-$90,071,992,547,409.91')
})
