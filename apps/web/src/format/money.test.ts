import { describe, expect, it } from 'vitest'
import { formatMoney, formatRoundMoney, moneyText, parseMoney } from './money.ts'

it('shows yen without decimals and dollars with two', () => {
  expect(formatMoney(125_000, 'JPY')).toBe('¥125,000')
  expect(formatMoney(125_050, 'USD')).toBe('$1,250.50')
  expect(formatRoundMoney(125_050, 'USD')).toBe('$1,251')
})

describe('a typed amount', () => {
  it('is read with either decimal sign', () => {
    expect(parseMoney('1250.5', 'USD')).toBe(125_050)
    expect(parseMoney('1.250,50', 'EUR')).toBe(125_050)
    expect(parseMoney('1,250', 'USD')).toBe(125_000)
    expect(parseMoney("1'250", 'CHF')).toBe(125_000)
  })
  it('has no decimals in a currency without them', () => {
    expect(parseMoney('1,250', 'JPY')).toBe(1250)
    expect(parseMoney('1.250', 'KWD')).toBe(1250)
  })
  it('is refused when it is no amount', () => {
    for (const text of ['', 'abc', '-5', '1.2.3x', '.', '99999999999999999']) {
      expect(parseMoney(text, 'USD')).toBeUndefined()
    }
  })
  it('comes back as it was shown', () => {
    for (const [minor, currency] of [
      [125_050, 'USD'],
      [7, 'JPY'],
      [1234, 'KWD'],
    ] as const) {
      expect(parseMoney(moneyText(minor, currency), currency)).toBe(minor)
    }
  })
})
