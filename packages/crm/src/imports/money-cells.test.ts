import { expect, test } from 'vitest'
import { readMoney } from './money-cells.ts'

const ground = { pipelines: [], currency: 'CAD', locale: 'en-CA', today: '2026-11-26' }

test.each([
  ['a number is in the currency of the company', { amount: '1,234.5' }, 123_450, 'CAD', true],
  ['a sign that several share is that of the company too', { amount: '$5' }, 500, 'CAD', true],
  ['a sign of one currency names it', { amount: '5 €' }, 500, 'EUR', false],
  ['a code names it', { amount: 'jpy 1,500' }, 1_500, 'JPY', false],
  ['the column of the row names it', { amount: '$5', currency: 'USD' }, 500, 'USD', false],
  ['smallest units are those of the currency', { amountMinor: 7, currency: 'JPY' }, 7, 'JPY', false],
] as const)('%s', (_, cells, amountMinor, currency, isAssumed) => {
  expect(readMoney(cells, ground)).toEqual({ amountMinor, currency, isAssumed })
})

test.each([
  ['another sign than that of the row', { amount: '£5', currency: 'USD' }, 'amount'],
  ['another code than that of the row', { amount: '5 EUR', currency: 'USD' }, 'amount'],
  ['what is no sign at all', { amount: 'constructor 5' }, 'amount'],
  ['less than nothing', { amount: '(5.00)' }, 'amount'],
  ['two amounts', { amount: '5', amountMinor: 500 }, 'amount'],
] as const)('%s is refused, and no amount is made of it', (_, cells, field) => {
  const { amountMinor, problem } = readMoney(cells, ground)
  expect([amountMinor, problem?.field]).toEqual([undefined, field])
})

test('a company of which nothing is known has to say in which currency', () => {
  for (const cells of [{}, { amount: '5' }, { amountMinor: 5 }])
    expect(readMoney(cells, { ...ground, currency: null }).problem?.field).toBe('currency')
})
