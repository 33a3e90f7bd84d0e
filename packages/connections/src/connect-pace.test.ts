import { expect, test } from 'vitest'
import { ConnectPace } from './connect-pace.ts'

function dial(pace: ConnectPace, now: number): number {
  const delay = pace.delayMs(now)
  if (delay === 0) pace.started(now)
  return delay
}

test('while dials succeed any number may follow another', () => {
  const pace = new ConnectPace()
  for (let count = 0; count < 50; count++) {
    expect(dial(pace, count)).toBe(0)
    pace.ended()
    pace.worked()
  }
})

test('ten dials at once wait for an outcome', () => {
  const pace = new ConnectPace()
  for (let count = 0; count < 10; count++) expect(dial(pace, 0)).toBe(0)
  expect(dial(pace, 0)).toBe(Infinity)
  pace.ended()
  expect(dial(pace, 0)).toBe(0)
})

test('after a failure the eleventh dial waits until the first is more than a second ago', () => {
  const pace = new ConnectPace()
  for (let count = 0; count < 10; count++) {
    expect(dial(pace, count)).toBe(0)
    pace.ended()
    pace.failed()
  }
  expect(dial(pace, 500)).toBeGreaterThan(500)
  expect(dial(pace, 1100)).toBe(0)
  pace.ended()
  expect(dial(pace, 1100)).toBe(1)
})

test('a connection that was of use ends the suspicion', () => {
  const pace = new ConnectPace()
  for (let count = 0; count < 10; count++) {
    dial(pace, 0)
    pace.ended()
    pace.failed()
  }
  pace.worked()
  expect(dial(pace, 1)).toBe(0)
})
