import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { byId, useEvents } from './events.fixture.ts'

const home = useEvents()

/** All that postgres.js, libpq and its relatives read. */
const environment = {
  PGHOST: 'elsewhere.invalid',
  PGPORT: '1',
  PGUSER: 'somebody_else',
  PGUSERNAME: 'somebody_else',
  PGPASSWORD: 'a password of somebody else',
  PGDATABASE: 'another_database',
  PGAPPNAME: 'another application',
  PGOPTIONS: '-c search_path=elsewhere',
  PGTARGETSESSIONATTRS: 'standby',
  PGSSL: 'require',
  PGSSLMODE: 'require',
  PGMAX: '7',
  PGFETCH_TYPES: 'true',
  PGPREPARE: 'false',
  PGCONNECT_TIMEOUT: '1',
  PGIDLE_TIMEOUT: '1',
  PGMAX_LIFETIME: '1',
  PGTZ: 'Asia/Tokyo',
}

beforeEach(() => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

test('nothing of the environment reaches a connection', async () => {
  const { database } = home.openPool({ max: 1 })
  const session = sql`select current_user as "user", current_database() as "database",
    current_setting('application_name') as application, current_setting('TimeZone') as zone,
    current_setting('search_path') as path`
  expect(await database.reader.db.execute(session)).toEqual([
    {
      user: home.target.user,
      database: home.target.database,
      application: 'tenantry',
      zone: 'UTC',
      path: '"$user", public',
    },
  ])
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
  const prepared = sql`select count(*)::int as count from pg_prepared_statements where statement like 'select "id"%'`
  expect(await database.reader.db.execute(prepared)).toEqual([{ count: 1 }])
})

test('a password of the environment is not tried where ours is empty', async () => {
  vi.stubEnv('PGPASSWORD', home.target.password())
  const { database } = home.openPool({}, { ...home.target, password: () => '' })
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
})
