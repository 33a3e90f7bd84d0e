import { openLogger } from '@tenantry/telemetry/logger'
import { expect, test } from 'vitest'
import { openReadiness } from './readiness.ts'

const logger = openLogger({ level: 'silent' })

test('a hundred probes at once ask the database once, and a later one asks again', async () => {
  let asked = 0
  let now = 0
  const readiness = openReadiness({ isUpToDate: async () => ++asked > 0 }, logger, { now: () => now })
  await Promise.all(Array.from({ length: 100 }, () => readiness()))
  expect(asked).toBe(1)
  now = 1_001
  await readiness()
  expect(asked).toBe(2)
})

test('a database that does not answer is not ready, and the probe does not wait for it', async () => {
  const readiness = openReadiness({ isUpToDate: () => new Promise(() => undefined) }, logger)
  expect(await readiness()).toEqual({ ready: false, applicationDatabase: 'unreachable' })
})
