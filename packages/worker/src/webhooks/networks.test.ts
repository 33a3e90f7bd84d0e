import { expect, test } from 'vitest'
import { isPublic, parseNetworks } from './networks.ts'

test.each([
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.5.4',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'localhost',
  '',
])('%s is no address of the internet', (address) => {
  expect(isPublic(address)).toBe(false)
})

test.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is one', (address) => {
  expect(isPublic(address)).toBe(true)
})

test('a network that was allowed holds its own addresses and no others, however they are written', () => {
  const allowed = parseNetworks('10.1.0.0/16, ::1/128')
  const asked = ['10.1.2.3', '::ffff:10.1.2.3', '::1', '10.2.0.1', '127.0.0.1', '::2', 'nonsense']
  expect(asked.map((address) => allowed.hold(address))).toEqual([true, true, true, false, false, false, false])
  expect(parseNetworks(undefined).hold('127.0.0.1')).toBe(false)
  expect(() => parseNetworks('10.1.0.0')).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error)
})
