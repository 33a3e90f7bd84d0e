import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAppDb } from '../database.fixture.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

const take = (...keys: string[]) => stage.db.signInThrottle.take(keys, 900)
const asAdmin = (text: string) => withAdminConnection(stage.admin, (run) => run(text))

test('parallel attempts are each counted', async () => {
  const counts = await Promise.all(Array.from({ length: 20 }, () => take('account:a', 'address:1')))
  const failures = counts.map((rows) => rows.find(({ key }) => key === 'account:a')?.failures ?? 0)
  expect(failures.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
})

test('a window that is over starts again, and one that is not is not prolonged by trying', async () => {
  await take('account:b')
  await asAdmin(`update app.sign_in_throttle set window_ends_at = now() + interval '5 seconds' where key = 'account:b'`)
  expect(await take('account:b')).toEqual([{ key: 'account:b', failures: 2, secondsLeft: 5 }])
  await asAdmin(`update app.sign_in_throttle set window_ends_at = now() - interval '1 second' where key = 'account:b'`)
  expect(await take('account:b')).toEqual([{ key: 'account:b', failures: 1, secondsLeft: 900 }])
})

test('a success forgives the account, and the address one attempt only', async () => {
  for (let count = 0; count < 3; count++) await take('account:c', 'address:c')
  await stage.db.signInThrottle.forgive('account:c', 'address:c')
  const counts = await take('account:c', 'address:c')
  expect(Object.fromEntries(counts.map(({ key, failures }) => [key, failures]))).toEqual({
    'account:c': 1,
    'address:c': 3,
  })
})

test('rows of windows long over do not pile up', async () => {
  await asAdmin(`insert into app.sign_in_throttle (key, failures, window_ends_at)
    select 'old:' || n, 1, now() - interval '2 hours' from generate_series(1, 120) n`)
  const left = async () => (await asAdmin(`select from app.sign_in_throttle where key like 'old:%'`)).length
  await take('account:d')
  expect(await left()).toBe(70)
  await Promise.all([take('account:d'), take('account:e'), take('account:f')])
  expect(await left()).toBe(0)
})
