import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Doorbell } from './doorbell.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('it rings at once, then once a second while there is more, and for the last write too', async () => {
  const rung: string[] = []
  const bell = new Doorbell({ ring: async (tenantId) => (rung.push(tenantId), { known: true }) })
  for (let write = 0; write < 15; write++) {
    bell.wrote('alder')
    await vi.advanceTimersByTimeAsync(100)
  }
  bell.wrote('birch')
  await vi.advanceTimersByTimeAsync(0)
  expect(rung).toEqual(['alder', 'alder', 'birch'])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(rung).toEqual(['alder', 'alder', 'birch', 'alder'])
})

test('for a tenant that tells nobody it looks once in a while', async () => {
  let looks = 0
  const bell = new Doorbell({ ring: async () => (looks++, { known: false }) })
  vi.useRealTimers()
  for (let write = 0; write < 50; write++) bell.wrote('alder')
  await bell.close()
  expect(looks).toBe(1)
})

test('who comes home after it has looked in vain is told of what was written in between', async () => {
  const looks: boolean[] = []
  let isHome = false
  const bell = new Doorbell({ ring: async () => (looks.push(isHome), { known: isHome }) })
  bell.wrote('alder')
  await vi.advanceTimersByTimeAsync(100)
  isHome = true
  bell.wrote('alder')
  await vi.advanceTimersByTimeAsync(4_000)
  expect(looks).toEqual([false])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(looks).toEqual([false, true])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(looks).toEqual([false, true])
})

test('what was written in the last second is rung for when the process ends, and a failure is nobody’s', async () => {
  const rung: string[] = []
  const bell = new Doorbell({ ring: async (tenantId) => (rung.push(tenantId), { known: true }) })
  bell.wrote('alder')
  await vi.advanceTimersByTimeAsync(10)
  bell.wrote('alder')
  await bell.close()
  expect(rung).toEqual(['alder', 'alder'])
  const deaf = new Doorbell({ ring: () => Promise.reject(new Error('away')) })
  deaf.wrote('alder')
  await expect(deaf.close()).resolves.toBeUndefined()
})
