import { expect, it } from 'vitest'
import { refusedFields } from './refused-fields.ts'

const refusal = (data: object, message = 'No.') =>
  Object.assign(new Error(message), { data: { code: 'BAD_INPUT', data } })

it('finds the first message of each refused field, without the envelope of a patch', () => {
  const error = refusal({ fields: { 'patch.email': ['Not an address.', 'Too long.'], name: ['Fill this in.'] } })
  expect(refusedFields(error)).toEqual([
    ['email', 'Not an address.'],
    ['name', 'Fill this in.'],
  ])
})

it('puts a broken rule at the field it names', () => {
  expect(refusedFields(refusal({ field: 'lostReason' }, 'Say why it was lost.'))).toEqual([
    ['lostReason', 'Say why it was lost.'],
  ])
})

it('finds nothing in a failure that is about no field', () => {
  expect(refusedFields(new TypeError('fetch failed'))).toEqual([])
})
