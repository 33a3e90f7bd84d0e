import { expect, it } from 'vitest'
import { standingChanges } from './standing-changes.ts'

const changed = (id: string, field: string, from: unknown, to: unknown) =>
  ({ id, action: 'changed', diff: { [field]: { from, to } } }) as const

it('offers to take back a change as long as nobody has changed its fields since', () => {
  const changes = [changed('3', 'phone', 'a', 'b'), changed('2', 'name', 'x', 'y'), changed('1', 'phone', 'z', 'a')]
  expect([...standingChanges(changes)]).toEqual(['3', '2'])
})

it('offers an older change again once the newer one was taken back', () => {
  const undone = { id: '3', action: 'undone', diff: { phone: { from: 'b', to: 'a' } } } as const
  const changes = [undone, changed('2', 'phone', 'a', 'b'), changed('1', 'phone', 'z', 'a')]
  expect([...standingChanges(changes)]).toEqual(['3', '1'])
})

it('does not offer to take back the creation', () => {
  expect(standingChanges([{ id: '1', action: 'created', diff: { name: { from: null, to: 'x' } } }]).size).toBe(0)
})
