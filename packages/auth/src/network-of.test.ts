import { expect, test } from 'vitest'
import { networkOf } from './network-of.ts'

test('addresses of one IPv6 network are one caller, however they are written', () => {
  const spellings = [
    '2001:db8:1:2::1',
    '2001:DB8:1:2:ffff:ffff:ffff:ffff',
    '2001:0db8:0001:0002:0:0:0:7',
    '2001:db8:1:2::1%eth0',
  ]
  expect(new Set(spellings.map(networkOf))).toEqual(new Set(['2001:db8:1:2::/64']))
  expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'))
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
})

test('an IPv4 address is one caller, also when it comes in IPv6', () => {
  for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '::FFFF:cb00:7109']) {
    expect(networkOf(address)).toBe('203.0.113.9')
  }
})

test('what is no address is kept short', () => {
  expect(networkOf('x'.repeat(10_000))).toHaveLength(45)
})
