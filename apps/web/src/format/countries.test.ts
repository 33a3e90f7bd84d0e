import { expect, it } from 'vitest'
import { countryName, listCountries } from './countries.ts'

it('lists every ISO country once, by name', () => {
  const countries = listCountries()
  expect(new Set(countries.map(({ code }) => code)).size).toBe(249)
  expect(countries[0]?.name).toBe('Afghanistan')
})

it('leaves a code alone that is none', () => {
  expect(countryName('DE')).toBe('Germany')
  expect(countryName('somewhere')).toBe('somewhere')
})
