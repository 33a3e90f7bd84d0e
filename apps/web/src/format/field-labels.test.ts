import { expect, it } from 'vitest'
import { fieldLabel } from './field-labels.ts'

it('calls a field as the forms do, and one without a name of its own by its words', () => {
  expect(fieldLabel('billingCity')).toBe('City')
  expect(fieldLabel('custom.favourite_colour')).toBe('Favourite colour')
  expect(fieldLabel('doNotContact')).toBe('Do not contact')
})
