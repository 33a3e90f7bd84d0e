import { expect, test } from 'vitest'
import { endlessMark, joinMarks, markOf, positionIn, positionOf } from './write-mark.ts'

test('positions compare by number and not by text', () => {
  expect(positionOf('0/A')).toBeGreaterThan(positionOf('0/9'))
  expect(positionOf('1/0')).toBeGreaterThan(positionOf('0/FFFFFFFF'))
  expect(positionOf('10/0')).toBeGreaterThan(positionOf('9/0'))
  expect(positionIn('7', endlessMark('7'))).toBeGreaterThan(positionOf('FFFFFFFF/FFFFFFFE'))
})

test('joined marks keep the further position of each server, in whatever order answers arrive', () => {
  const [early, late, other] = [markOf('7', '0/9'), markOf('7', '0/A'), markOf('8', '0/1')]
  expect(joinMarks(early, late)).toBe('7:0/A')
  expect(joinMarks(late, early)).toBe('7:0/A')
  expect(joinMarks(joinMarks(late, other), early)).toBe('8:0/1,7:0/A')
  expect(positionIn('7', joinMarks(late, other))).toBe(10n)
  expect(joinMarks(undefined, undefined)).toBeUndefined()
})

test('what is no mark says nothing, and nobody makes it grow', () => {
  for (const nonsense of ['', 'x', '7:0', '7:0/0; select 1', '-7:0/0', '7:000000000/0', 'a'.repeat(100_000)])
    expect(joinMarks(nonsense, undefined)).toBeUndefined()
  let mark: string | undefined
  for (let server = 0; server < 50; server++) mark = joinMarks(mark, markOf(String(server), '0/1'))
  expect(mark?.split(',')).toHaveLength(8)
  expect(positionIn('49', mark)).toBe(1n)
})
