import { generateKey } from '@tenantry/credentials/keyring'
import { unknownConnection, type ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRuntime } from '../runtime.ts'
import { serveWorld, type ServedWorld } from '../served-world.fixture.ts'

type Slug = 'alder' | 'birch' | 'cypress'
let served: ServedWorld<Slug>
beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer() },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer(), database: 'desert' },
  })
})
afterAll(() => served.close())
beforeEach(() => asAdmin('delete from app.sign_in_throttle'))

const asAdmin = (text: string) => lookInto(served.world.appAdmin, text)
const shape = Object.keys(unknownConnection([]))

/** By a process that knows nothing of the tenant yet. */
async function diagnose(slug: Slug, config: Partial<typeof served.config> = {}): Promise<ConnectionDiagnosis> {
  await using runtime = openRuntime({ ...served.config, ...config })
  const { cookie } = await served.as(slug, 'admin')
  return await runtime.callerFor({ cookieHeader: cookie }).tenant.diagnose()
}

test('a sound connection says where it is, whose, how fast, how many rows, and nothing to do', async () => {
  const browser = await served.as('birch')
  await browser.call('accounts.create', { name: 'Only one' })
  const diagnosis = await diagnose('birch')
  const { admin, id, slug } = served.world.tenants.birch
  expect(diagnosis).toMatchObject({
    success: true,
    canQuery: true,
    tenant: { id, slug },
    configuration: {
      placement: 'shared',
      region: 'test',
      host: admin.host,
      port: admin.port,
      database: admin.database,
    },
    identity: 'proven',
    breaker: { read: 'closed', write: 'closed' },
    cache: { configurations: { entries: 1 } },
    rowCounts: { accounts: 1, member_refs: 4, opportunities: 0 },
    diagnostics: [],
  })
  expect(Object.keys(diagnosis)).toEqual(shape)
  expect(diagnosis.steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
    'config ok',
    'open ok',
    'connect ok',
    'prove ok',
    'query ok',
  ])
  for (const { milliseconds } of diagnosis.steps) expect(milliseconds).toBeGreaterThanOrEqual(0)
})

test('a server that is away, a key that is missing, and another tenants database have the same shape and say what to do', async () => {
  const { url } = await served.world.app.db.tenants.listForOperator().then(([first]) => ({ url: first?.dataSourceUrl }))
  await asAdmin(
    `update app.tenants set data_source_url = regexp_replace(data_source_url, ':[0-9]+/', ':1/') where slug = 'alder'`,
  )
  const away = await diagnose('alder')
  await asAdmin(`update app.tenants set data_source_url = '${url ?? ''}' where slug = 'alder'`)
  const keyless = await diagnose('alder', { keys: `k9:${generateKey()}` })
  await asAdmin(`update app.tenants set data_source_identity = '1/1/1' where slug = 'cypress'`)
  const wrong = await diagnose('cypress')
  for (const [diagnosis, code, failed, identity] of [
    [away, 'TENANT_DATABASE_UNREACHABLE', 'connect', 'not asked'],
    [keyless, 'CREDENTIAL_KEY_UNKNOWN', 'open', 'not asked'],
    [wrong, 'TENANT_DATABASE_MISMATCH', 'prove', 'wrong'],
  ] as const) {
    expect(Object.keys(diagnosis)).toEqual(shape)
    expect(diagnosis).toMatchObject({ success: false, canQuery: false, rowCounts: null, identity })
    expect(diagnosis.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code])
    expect(diagnosis.diagnostics[0]?.whatToDo).toMatch(/\.$/)
    expect(diagnosis.steps.find(({ outcome }) => outcome === 'failed')?.step).toBe(failed)
    expect(diagnosis.steps).toHaveLength(5)
  }
})

test('a company without a data source has the same shape', async () => {
  await asAdmin(`update app.tenants set data_source_url = null, data_source_anon_key = null, data_source_service_key = null,
    data_source_region = null, connection_pool_config = null, tenant_id_in_data_source = null, data_source_identity = null,
    placement = null, data_source_support_key = null where slug = 'cypress'`)
  const diagnosis = await diagnose('cypress')
  expect(Object.keys(diagnosis)).toEqual(shape)
  expect(diagnosis.diagnostics.map(({ code }) => code)).toEqual(['TENANT_DATABASE_NOT_CONFIGURED'])
})

test('nothing secret is in it', async () => {
  const text = JSON.stringify(await diagnose('birch'))
  const [row] =
    await asAdmin(`select data_source_anon_key as anon, data_source_service_key as service, data_source_url as url,
    tenant_id_in_data_source::text as id from app.tenants where slug = 'birch'`)
  for (const value of Object.values(row ?? {})) expect(text).not.toContain(String(value))
  expect(text).not.toContain('tenant_')
})

test('members and strangers see nothing', async () => {
  for (const [browser, code] of [
    [await served.as('birch', 'member'), 'FORBIDDEN'],
    [await served.as('birch', 'read_only'), 'FORBIDDEN'],
    [served.stranger(), 'NOT_SIGNED_IN'],
  ] as const) {
    expect((await browser.ask('tenant.diagnose', undefined)).outcome).toBe(code)
  }
})

test('who asks over and over waits, in every process alike, and another company does not', async () => {
  await asAdmin(`insert into app.sign_in_throttle (key, failures, window_ends_at)
    values ('diagnosis:tenant:${served.world.tenants.birch.id}', 12, now() + interval '1 minute')`)
  await expect(diagnose('birch')).rejects.toMatchObject({ cause: { code: 'TOO_MANY_REQUESTS' } })
  const answer = await (await served.as('birch')).ask('tenant.diagnose', undefined)
  expect([answer.status, answer.outcome]).toEqual([429, 'TOO_MANY_REQUESTS'])
  expect((await (await served.as('alder')).ask('tenant.diagnose', undefined)).outcome).toBe('ok')
})
