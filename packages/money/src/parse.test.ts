import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMinor } from './format.ts'
import { amountParts, parseAmount } from './parse.ts'

test.each([
  ['1234', 'EUR', 'de-DE', 123_400],
  ['1.234,50', 'EUR', 'en-US', 123_450],
  ['1,234.5', 'USD', 'de-DE', 123_450],
  ['1.234', 'EUR', 'de-DE', 123_400],
  ['1,234', 'USD', 'en-US', 123_400],
  ['1,234', 'KWD', 'de-DE', 1_234],
  ["12'000.00", 'CHF', 'de-CH', 1_200_000],
  ['12 000,5', 'EUR', 'fr-FR', 1_200_050],
  ['12,34,567.00', 'INR', 'en-IN', 123_456_700],
  ['1.234.567', 'EUR', 'en-US', 123_456_700],
  ['1200.0000', 'USD', 'en-US', 120_000],
  ['1200.00', 'JPY', 'ja-JP', 1_200],
  ['0,5', 'EUR', 'de-DE', 50],
  ['1.234', 'EUR', 'en-US', 'ambiguous'],
  ['1,234', 'EUR', 'de-DE', 'ambiguous'],
  ['12.345', 'USD', 'fr-FR', 'ambiguous'],
  ['0.125', 'USD', 'en-US', 'too fine'],
  ['1200.5', 'JPY', 'ja-JP', 'too fine'],
  ['1.23.4', 'USD', 'en-US', 'unreadable'],
  ['12,34.567,8', 'USD', 'en-US', 'unreadable'],
  ['99999999999999999', 'USD', 'en-US', 'too large'],
] as const)('%s %s of somebody who writes as in %s', (text, currency, locale, read) => {
  expect(parseAmount(text, currency, locale)).toBe(read)
})

test('a number stands beside a code, a symbol or nothing', () => {
  expect(amountParts(' € 1.234,50 ')).toEqual({ digits: '1.234,50', mark: '€' })
  expect(amountParts('12,000 USD')).toEqual({ digits: '12,000', mark: 'USD' })
  expect(amountParts('1.200,- €')).toEqual({ digits: '1.200', mark: '€' })
  expect(amountParts('7')).toEqual({ digits: '7', mark: '' })
  expect(amountParts('-5')).toEqual({ digits: '5', mark: '-' })
  for (const text of ['', 'free', '.', '1e3', '5 to 6', '1.']) expect(amountParts(text)).toBeUndefined()
})

test('what a locale writes is read as it was', () => {
  const written = fc.record({
    minor: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CHF', 'INR'),
    locale: fc.constantFrom('en-US', 'de-DE', 'de-CH', 'fr-FR', 'en-IN', 'ja-JP', 'pl-PL'),
  })
  fc.assert(
    fc.property(written, ({ minor, currency, locale }) => {
      const { digits = '' } = amountParts(formatMinor(minor, currency, locale)) ?? {}
      expect(parseAmount(digits, currency, locale)).toBe(minor)
    }),
  )
})
