import { expect, test } from 'vitest'
import { choosePoints } from './chosen-points.ts'

test('every point, every n-th, or as many as are drawn, the same ones for the same seed', () => {
  expect(choosePoints(5, { every: 1 })).toEqual([0, 1, 2, 3, 4])
  expect(choosePoints(5, { every: 2 })).toEqual([0, 2, 4])
  const drawn = choosePoints(40, { draw: 3, seed: 7 })
  expect(drawn).toEqual(choosePoints(40, { draw: 3, seed: 7 }))
  expect(new Set(drawn).size).toBe(3)
  expect(drawn).not.toEqual(choosePoints(40, { draw: 3, seed: 8 }))
  expect(choosePoints(2, { draw: 3, seed: 1 })).toEqual([0, 1])
})

test('over many seeds every point is drawn', () => {
  const drawn = Array.from({ length: 200 }, (_, seed) => choosePoints(10, { draw: 1, seed })).flat()
  expect(new Set(drawn).size).toBe(10)
})
