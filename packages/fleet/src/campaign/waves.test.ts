import { expect, test } from 'vitest'
import type { FleetDatabase } from '../databases/fleet-database.ts'
import { planWaves } from './waves.ts'

const fleetOf = (count: number) =>
  Array.from({ length: count }, (_, at): FleetDatabase => {
    const slug = `t-${at}`
    // Of a tenant, waves know the slug.
    return { name: slug, server: 'one', tenants: [{ slug } as FleetDatabase['tenants'][number]] }
  })

const sizesOf = (count: number, canary: string[] = []) =>
  planWaves(fleetOf(count), canary).map(({ name, databases, tolerated }) => [name, databases.length, tolerated])

test('after the canaries goes one database in a hundred, then one in ten, then everybody else', () => {
  expect(sizesOf(200, ['t-5', 't-199'])).toEqual([
    ['canary', 2, 0],
    ['1 %', 2, 1],
    ['10 %', 20, 1],
    ['all', 176, 10],
  ])
  expect(sizesOf(1_000)).toEqual([
    ['1 %', 10, 1],
    ['10 %', 100, 1],
    ['all', 890, 50],
  ])
})

test('a fleet too small for it has no steps, and a share is never less than one database', () => {
  expect(sizesOf(9)).toEqual([['all', 9, 1]])
  expect(sizesOf(10)).toEqual([
    ['1 %', 1, 1],
    ['10 %', 1, 1],
    ['all', 8, 1],
  ])
})

test.each([0, 1, 9, 10, 11, 57, 200])('of %i databases each is in one wave', (count) => {
  const waves = planWaves(fleetOf(count), ['t-0', 't-3'])
  const names = waves.flatMap(({ databases }) => databases.map(({ name }) => name))
  expect(names.toSorted()).toEqual(
    fleetOf(count)
      .map(({ name }) => name)
      .toSorted(),
  )
})
