import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useEvents } from './events.fixture.ts'
import { sessionSettings } from './session-settings.ts'

const home = useEvents()

test('a session begins with the settings of its target', async () => {
  const { database } = home.openPool({}, { ...home.target, startup: { 'tenantry.tenant_id': 'of the target' } })
  const setting = sql`select current_setting('tenantry.tenant_id') as setting`
  expect(await database.reader.db.execute(setting)).toEqual([{ setting: 'of the target' }])
})

test.each([
  'user',
  'database',
  'options',
  'Replication',
  '_pq_.command',
  'default_transaction_read_only',
  'Default_Transaction_Read_Only',
  'timezone',
])('%j cannot be a setting of a target', (name) => {
  expect(() => sessionSettings({ ...home.target, startup: { [name]: 'off' } }, { statementMs: 1 })).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION_INVALID' }),
  )
})

test.each([
  { user: 'somebody\0database\0another' },
  { database: 'one\0tenantry.tenant_id\0another' },
  { startup: { 'tenantry.tenant_id': 'mine\0tenantry.tenant_id\0theirs' } },
  { applicationName: 'tenantry\0role\0postgres' },
])('a zero byte in %j does not begin another field of the startup message', (fields) => {
  expect(() => sessionSettings({ ...home.target, ...fields }, { statementMs: 1 })).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION_INVALID' }),
  )
})
