import { createDatabase, type TestDatabase } from '@tenantry/testing/databases'
import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withAdminConnection } from './admin.ts'
import { openListener } from './listener.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase(mainServer())
})
afterAll(() => database.drop())

const ask = (text: string) => withAdminConnection(database.admin, (run) => run(text))
const listeners = `select pid from pg_stat_activity where datname = current_database() and query = 'listen changes'`

function listen(heartbeatMs = 60_000) {
  const heard = { hints: 0 }
  const onHint = () => void heard.hints++
  const target = { ...database.admin, applicationName: 'tenantry listener' }
  return { heard, listener: openListener(target, { channel: 'changes', onHint, heartbeatMs }) }
}

test('a hint comes when listening begins and with each notification, and none after the end', async () => {
  const { heard, listener } = listen()
  await expect.poll(() => heard.hints).toBe(1)
  expect(listener.isListening).toBe(true)
  await ask(`notify changes, 'whatever it says'`)
  await expect.poll(() => heard.hints).toBe(2)
  await listener.close()
  await ask('notify changes')
  expect(heard.hints).toBe(2)
  await expect.poll(() => ask(listeners)).toEqual([])
})

test('a listener whose backend was ended begins again, and gives a hint because it may have missed one', async () => {
  const { heard, listener } = listen()
  await expect.poll(() => heard.hints).toBe(1)
  const [session] = await ask(listeners)
  await ask(`select pg_terminate_backend(${Number(session?.['pid'])})`)
  await expect.poll(() => heard.hints, { timeout: 10_000 }).toBe(2)
  await ask('notify changes')
  await expect.poll(() => heard.hints).toBe(3)
  await listener.close()
})

test('a listener is tried by its heartbeat and stays the same session', async () => {
  const { heard, listener } = listen(50)
  await expect.poll(() => heard.hints).toBe(1)
  await expect
    .poll(() =>
      ask(
        `select query from pg_stat_activity where datname = current_database() and application_name = 'tenantry listener'`,
      ),
    )
    .toEqual([{ query: 'select 1' }])
  await ask('notify changes')
  await expect.poll(() => heard.hints).toBe(2)
  await listener.close()
})

test('a listener whose server is not there goes on trying without ending the process', async () => {
  const hints: string[] = []
  const listener = openListener(
    { ...database.admin, port: 1 },
    { channel: 'changes', onHint: () => hints.push('hint') },
  )
  expect(listener.isListening).toBe(false)
  await listener.close()
  expect(hints).toEqual([])
})

test('a channel that is not a plain name is refused', () => {
  expect(() => openListener(database.admin, { channel: 'a; drop', onHint: () => undefined })).toThrow(TypeError)
})
