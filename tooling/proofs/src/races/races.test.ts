import { mainServer } from '@tenantry/vitest-config/servers'
import { expect, test } from 'vitest'
import { runRaces } from './run.ts'

test('clients who want the same at the same time never both get it', { timeout: 120_000 }, async () => {
  const races = await runRaces(mainServer(), small, () => {})
  expect(races.flatMap(({ violations }) => violations)).toEqual([])
  expect(races.map(({ race, attempts }) => [race, attempts])).toEqual([
    ['leads', 80],
    ['bookings', 80],
    ['numbers', 80],
    ['payments', 160],
    ['acceptances', 72],
    ['histories', expect.any(Number)],
  ])
})

const small = { clients: 8, leads: 10, bookings: 40, payments: 20, numbers: 80, opportunities: 3, histories: 8 }
