import { withAdminConnection } from '@tenantry/connections/admin'
import { parseTarget } from '@tenantry/connections/target'
import type { TenantStatus } from '@tenantry/contracts/session'
import { open } from '@tenantry/credentials/seal'
import { accountInput } from '@tenantry/testing/factories/account'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adoptDatabase } from './adopt-database.ts'
import { claimAdoption } from './claim-run.ts'
import { byAdministrator } from './serving-power.ts'
import { setTenantState } from './set-tenant-state.ts'
import { operatorGrant, stageFleet, type FleetStage } from './stage.fixture.ts'

let stage: FleetStage
let input: ReturnType<FleetStage['input']>
beforeAll(async () => {
  stage = await stageFleet()
  input = stage.input()
  await stage.create(input)
})
afterAll(async () => {
  await stage.ask('postgres', `drop database if exists "${restored()}" with (force)`)
  await stage.close()
})

const restored = () => `${input.database}_restored`
const askApp = (text: string, parameters: unknown[] = []) => stage.ask(stage.appAdmin.database, text, parameters)

async function adopt(database: string, facts: { onProgress?: (step: string) => void } = {}) {
  const { app, keyring, server, adminAt } = stage
  const { slug } = input
  await using run = await claimAdoption(app, { slug, input: { database, server: 'main' }, startedBy: 'ines' })
  const options = { app, keyring, operatorName: 'ines', slug, server, adminAt, database, region: 'eu', run }
  await adoptDatabase({ ...options, ...facts, goneMs: 1 })
  await run.finish('done')
}

async function set(state: TenantStatus) {
  const { app, adminAt } = stage
  const { slug } = input
  const setStatus = () => app.db.tenants.setStatus('ines', slug, state)
  await using run = await app.runs.start({ kind: `tenant.${state}`, subject: slug, input: {}, startedBy: 'ines' })
  await setTenantState({ app, power: byAdministrator(adminAt), slug, state, setStatus, run })
  await run.finish('done')
}

async function addAccount() {
  const grant = await operatorGrant(stage, input.slug)
  return await stage.dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput()))
}

const countIn = async (database: string) => (await stage.ask(database, 'select from crm.accounts')).length
const epochsIn = async (database: string) => {
  const found = await stage.ask(database, 'select distinct epoch::integer as epoch from crm.identity')
  return found.map(({ epoch }) => epoch)
}

test('a company that is at work is not pointed at another database', async () => {
  await addAccount()
  await stage.dataSources.clearAllCaches()
  await stage.ask('postgres', `create database "${restored()}" template "${input.database}"`)
  await expect(adopt(restored())).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('tenant suspend') as string,
  })
})

test('the database that is left refuses whoever was let in before, and the adopted one keeps what the company had', async () => {
  const { slug } = input
  await askApp(
    `update app.tenants set connection_pool_config = connection_pool_config || '{"max": 3, "statementMs": 7000}' where slug = $1`,
    [slug],
  )
  await askApp(
    `insert into app.data_source_replicas (tenant_id, url, region) select id, 'postgres://standby:5432/${input.database}?sslmode=disable', 'us' from app.tenants where slug = $1`,
    [slug],
  )
  const before = await epochsIn(input.database)
  await set('suspended')
  await adopt(restored())
  expect(await epochsIn(input.database)).toEqual([Number(before[0]) + 1])
  expect(await stage.app.replicas.list(slug)).toEqual([])
  const poolConfig = await stage.app.serviceAccess.poolConfigOf(slug)
  expect(poolConfig).toMatchObject({ max: 3, statementMs: 7000 })
  // Support reads there.
  const [serving, support] = await stage.app.serviceAccess.servingLogins(slug)
  const [tenant] = await askApp(
    'select id::text, tenant_id_in_data_source::text as inside from app.tenants where slug = $1',
    [slug],
  )
  const context = { tenantId: String(tenant?.['id']), column: 'data_source_support_key' } as const
  const secret = open(stage.keyring, support?.sealedKey ?? '', context)
  const login = {
    ...stage.server,
    database: restored(),
    user: support?.role ?? '',
    password: () => secret.reveal(),
    startup: { 'tenantry.tenant_id': String(tenant?.['inside']) },
  }
  expect(await withAdminConnection(login, (run) => run('select from crm.accounts'))).toHaveLength(1)
  // Suspended as before, also for who asks the database itself.
  const may = await stage.ask(restored(), `select has_table_privilege($1, 'crm.accounts', 'insert') as may`, [
    serving?.role,
  ])
  expect(may).toEqual([{ may: false }])
  await set('active')
  await addAccount()
  expect([await countIn(input.database), await countIn(restored())]).toEqual([1, 2])
})

test('a database whose server is lost is left as well, once nobody can be writing there', async () => {
  await set('archived')
  const [{ url } = { url: '' }] = (await askApp('select data_source_url as url from app.tenants where slug = $1', [
    input.slug,
  ])) as { url: string }[]
  const { port } = parseTarget(url)
  await askApp('update app.tenants set data_source_url = $2 where slug = $1', [
    input.slug,
    url.replace(`:${port}/`, ':1/'),
  ])
  const steps: string[] = []
  await adopt(input.database, { onProgress: (step) => steps.push(step) })
  expect(steps.at(-1)).toContain('cannot be reached')
  const logins = await stage.ask('postgres', `select bool_or(rolcanlogin) as can from pg_roles where rolname = $1`, [
    parseTarget(url).user,
  ])
  expect(logins).toEqual([{ can: false }])
  await set('active')
  await addAccount()
  expect(await countIn(input.database)).toBe(2)
})
