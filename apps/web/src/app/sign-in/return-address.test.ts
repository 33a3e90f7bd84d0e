import { expect, it } from 'vitest'
import { returnAddress } from './return-address.ts'

it('leads back to the page somebody wanted', () => {
  expect(returnAddress('/contacts?search=lee')).toBe('/contacts?search=lee')
})

it.each([
  'https://evil.example',
  '//evil.example/accounts',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/sign-in?from=%2F',
  ['/a', '/b'],
  undefined,
])('leads nowhere else: %j', (from) => expect(returnAddress(from)).toBe('/accounts'))
