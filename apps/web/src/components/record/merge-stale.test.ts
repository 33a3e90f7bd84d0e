import { expect, it } from 'vitest'
import { clashesOf, patchKeeping } from './merge-stale.ts'

const stale = {
  currentVersion: 5,
  changed: { name: 'Theirs', phone: '+14155550100', email: 'same@example.com' },
  changedBy: 'Nora',
  changedAt: '2026-05-01T18:00:00Z',
}

it('asks only about fields that both changed to different values', () => {
  const clashes = clashesOf({ name: 'Mine', email: 'same@example.com', industry: 'Weddings' }, stale)
  expect(clashes).toEqual([{ field: 'name', mine: 'Mine', theirs: 'Theirs' }])
})

it('does not send a field where theirs was chosen', () => {
  expect(patchKeeping({ name: 'Mine', industry: 'Weddings' }, new Set(['name']))).toEqual({ industry: 'Weddings' })
})

it('decides about each custom field by itself', () => {
  const patch = { name: 'Mine', custom: { region: 'north', size: 1 } }
  const clashes = clashesOf(patch, { ...stale, changed: { 'custom.region': 'south', 'custom.colour': 'red' } })
  expect(clashes).toEqual([{ field: 'custom.region', mine: 'north', theirs: 'south' }])
  expect(patchKeeping(patch, new Set(['custom.region']))).toEqual({ name: 'Mine', custom: { size: 1 } })
  expect(patchKeeping({ custom: { region: 'north' } }, new Set(['custom.region']))).toEqual({})
})
