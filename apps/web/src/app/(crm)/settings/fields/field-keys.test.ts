import { expect, it } from 'vitest'
import { keyOf, optionsFrom } from './field-keys.ts'

it.each([
  ['Region', 'region'],
  ['Größe (m²)', 'grosse_m2'],
  ['  2nd contact ', 'f_2nd_contact'],
  ['Čapek & Söhne', 'capek_sohne'],
  ['東京', 'f'],
])('makes a key of «%s»', (label, key) => {
  expect(keyOf(label)).toBe(key)
})

const before = [
  { key: 'north', label: 'North' },
  { key: 'south', label: 'South' },
]

it('keeps the key of an option that stays, moves or gets another label', () => {
  expect(optionsFrom('South\nNorth\n', before)).toEqual(before.toReversed())
  expect(optionsFrom('Up north\nSouth', before)).toEqual([{ key: 'north', label: 'Up north' }, before[1]])
  expect(optionsFrom('South', before)).toEqual([before[1]])
})

it('gives a new option a key that none has', () => {
  expect(optionsFrom('North\nSouth\nNörth', before)[2]).toEqual({ key: 'north_2', label: 'Nörth' })
  expect(optionsFrom('A!\nA?', []).map(({ key }) => key)).toEqual(['a', 'a_2'])
})
