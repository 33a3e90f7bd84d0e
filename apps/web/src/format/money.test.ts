import { expect, it } from 'vitest'
import { formatMoney } from './money.ts'

it('shows yen without decimals and dollars with two', () => {
  expect(formatMoney(125_000, 'JPY')).toBe('¥125,000')
  expect(formatMoney(125_050, 'USD')).toBe('$1,250.50')
})
