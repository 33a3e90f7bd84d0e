import { expect, it } from 'vitest'
import { changedFields } from './changed-fields.ts'

it('sends only what differs from what the form was opened with', () => {
  const opened = { name: 'Ann', phone: null, points: [{ value: 'a@example.com' }], city: undefined }
  const input = { name: 'Ann', phone: '+14155550100', points: [{ value: 'b@example.com' }], city: null }
  expect(changedFields<object>(opened, input)).toEqual({
    phone: '+14155550100',
    points: [{ value: 'b@example.com' }],
  })
})

it('sends of custom fields only the keys that differ', () => {
  const opened = { name: 'Ann', custom: { region: 'north', old: 'archived' } }
  const custom = { region: 'south', old: 'archived', size: null }
  expect(changedFields<object>(opened, { name: 'Ann', custom })).toEqual({ custom: { region: 'south' } })
  expect(changedFields<object>(opened, { name: 'Ann', custom: { ...opened.custom, size: null } })).toEqual({})
})
