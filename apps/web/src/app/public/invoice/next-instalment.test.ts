import { expect, test } from 'vitest'
import { nextInstalment } from './next-instalment.ts'

const schedule = [
  { label: 'First', dueOn: '2027-05-01', amountMinor: 300 },
  { label: 'Second', dueOn: '2027-06-01', amountMinor: 500 },
  { label: 'Last', dueOn: '2027-07-01', amountMinor: 200 },
]
const next = (paidMinor: number, creditedMinor = 0) => {
  const found = nextInstalment({ schedule, paidMinor, creditedMinor, balanceMinor: 1000 - paidMinor - creditedMinor })
  return found && [found.label, found.amountMinor]
}

test('what was paid and credited counts for the first parts first', () => {
  expect([next(0), next(100), next(300), next(300, 100), next(799)]).toEqual([
    ['First', 300],
    ['First', 200],
    ['Second', 500],
    ['Second', 400],
    ['Second', 1],
  ])
})

test('no part is offered when it is all that is left, nor when nothing is', () => {
  expect([next(800), next(950), next(1000)]).toEqual([undefined, undefined, undefined])
  expect(nextInstalment({ schedule: [], paidMinor: 0, creditedMinor: 0, balanceMinor: 1000 })).toBeUndefined()
})
