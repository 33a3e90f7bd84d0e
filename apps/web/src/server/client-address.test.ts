import { expect, it } from 'vitest'
import { clientAddress } from './client-address.ts'

it('believes the connection, not the caller, when no proxy is trusted', () => {
  expect(clientAddress('6.6.6.6', '203.0.113.9', 0)).toBe('203.0.113.9')
})

it('believes what the outermost trusted proxy appended', () => {
  const forwarded = '6.6.6.6, 203.0.113.9, 10.0.0.1'
  expect(clientAddress(forwarded, '10.0.0.2', 1)).toBe('10.0.0.1')
  expect(clientAddress(forwarded, '10.0.0.2', 2)).toBe('203.0.113.9')
})

it('falls back to the connection when a proxy said nothing', () => {
  expect(clientAddress(undefined, '10.0.0.2', 1)).toBe('10.0.0.2')
  expect(clientAddress('6.6.6.6', '10.0.0.2', 3)).toBe('10.0.0.2')
})
