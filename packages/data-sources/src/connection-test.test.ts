import { expect, test } from 'vitest'
import { usePlacements } from './placements.fixture.ts'
import { openTestDataSources } from './tenants.fixture.ts'
import { whose } from './work.fixture.ts'

const placements = usePlacements()
const ways = [
  ['the URL is no URL', { url: 'nonsense' }, 'open', 'CONFIGURATION_INVALID'],
  ['the credential was altered', { sealedAnonKey: 'nonsense' }, 'open', 'CREDENTIAL_FORMAT'],
  ['the server is away', { app: { port: 1 } }, 'connect', 'TENANT_DATABASE_UNREACHABLE'],
  ['the password is wrong', { app: { password: () => 'wrong' } }, 'connect', 'TENANT_DATABASE_REFUSED'],
  ['the database is missing', { app: { database: 'nowhere' } }, 'connect', 'TENANT_DATABASE_REFUSED'],
  ['the database is a copy', { identity: '1/1/1' }, 'prove', 'TENANT_DATABASE_MISMATCH'],
] as const

test.each(ways)('a connection test ends where %s', async (_, changes, step, code) => {
  const { desk, dataSources } = openTestDataSources()
  const result = await dataSources.testTenantConnection(desk.grant(desk.admit(placements.first, changes)))
  expect(result).toMatchObject({ success: false, code })
  expect(result.steps.map((taken) => taken.ok)).toEqual([...result.steps.slice(1).map(() => true), false])
  expect(result.steps.at(-1)?.step).toBe(step)
})

test('a connection test of a healthy database takes every step and tells the versions, without a secret', async () => {
  const { desk, dataSources } = openTestDataSources()
  for (const tenant of [placements.first, placements.alone]) {
    const grant = desk.grant(desk.admit(tenant))
    const info = await dataSources.getTenantConnectionInfo(grant)
    expect(info.test).toMatchObject({ success: true, code: null, message: null })
    expect(info.test.steps.map(({ step }) => step)).toEqual(['config', 'open', 'connect', 'prove', 'query'])
    expect(info).toMatchObject({
      serverVersion: expect.stringMatching(/^18/) as string,
      schemaVersion: expect.stringMatching(/^\d{4}_/) as string,
      breaker: { read: 'closed', write: 'closed' },
      pool: null,
      port: tenant.app.port,
    })
    expect(JSON.stringify(info)).not.toContain(tenant.app.password())
    await dataSources.withTenant(grant, whose)
    expect((await dataSources.getTenantConnectionInfo(grant)).pool).toEqual({ max: 4, open: 1, idle: 1, waiting: 0 })
  }
})

test('a connection test that meets a confusion reports it like a request', async () => {
  const { desk, dataSources } = openTestDataSources()
  await dataSources.testTenantConnection(desk.grant(desk.admit(placements.first, { identity: '1/1/1' })))
  expect(desk.reported).toEqual(['TENANT_DATABASE_MISMATCH'])
})
