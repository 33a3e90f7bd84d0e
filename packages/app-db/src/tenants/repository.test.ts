import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAppDb } from '../database.fixture.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

/** Entries about acme that `work` leaves behind, oldest first. */
async function entriesOf(work: () => Promise<unknown>) {
  const grant = await stage.ownerGrant()
  const before = (await stage.db.audit.list(grant, { limit: 1 })).rows[0]?.id ?? '0'
  await work()
  const { rows } = await stage.db.audit.list(grant, { limit: 50 })
  return rows.filter(({ id }) => BigInt(id) > BigInt(before)).toReversed()
}

const dataSource = {
  dataSourceUrl: 'postgres://acme_app@db.example:5432/acme',
  dataSourceAnonKey: 'sealed-canary-1',
  dataSourceServiceKey: 'sealed-canary-2',
  dataSourceRegion: 'eu',
  connectionPoolConfig: { max: 4 },
  tenantIdInDataSource: '01900000-0000-7000-8000-0000000000aa',
  dataSourceIdentity: '7/16384/1',
  placement: 'dedicated',
} as const

test('a stale save is answered with what somebody else saved since, by whom, and nothing else', async () => {
  const grant = await stage.ownerGrant()
  const { tenants } = stage.db
  const { version } = await tenants.settings(grant)
  await tenants.updateSettings(grant, { version, patch: { name: 'Acme Booths' } })
  await tenants.updateSettings(grant, { version: version + 1, patch: { timeZone: 'Europe/Vienna', locale: 'en' } })
  const save = tenants.updateSettings(grant, { version, patch: { name: 'Late' } })
  await expect(save).rejects.toMatchObject({
    code: 'STALE_WRITE',
    data: {
      currentVersion: version + 2,
      // The locale was saved as it was, so nothing of it is in the way.
      changed: { name: 'Acme Booths', timeZone: 'Europe/Vienna' },
      changedBy: 'Olga',
      changedAt: expect.stringMatching(/^\d{4}-/) as string,
    },
  })
  expect((await tenants.settings(grant)).name).toBe('Acme Booths')
})

test('each change by an operator is one entry, in their name, with the columns and without a value', async () => {
  const { tenants } = stage.db
  expect(await entriesOf(() => tenants.setDataSource('ines', 'acme', dataSource))).toMatchObject([
    {
      action: 'tenant.data_source_changed',
      actorKind: 'operator',
      actorName: 'ines',
      subject: 'acme',
      detail: {
        placement: 'dedicated',
        region: 'eu',
        columns: expect.arrayContaining(['data_source_anon_key']) as string[],
      },
    },
  ])
  const entries = await entriesOf(() => tenants.setStatus('ines', 'acme', 'suspended'))
  expect(entries).toMatchObject([{ action: 'tenant.status_changed', detail: { to: 'suspended', columns: ['status'] } }])
  await tenants.setStatus('ines', 'acme', 'active')
  expect(JSON.stringify(await stage.db.audit.list(await stage.ownerGrant(), { limit: 200 }))).not.toMatch(
    /canary|db\.example/,
  )
})

test('a company is created with one entry', async () => {
  const settings = { slug: 'dune', name: 'Dune', trade: 'dj', timeZone: 'UTC', locale: 'en', currency: 'EUR' }
  const id = await stage.db.tenants.create('ines', { ...settings, ownerId: stage.ownerId })
  const question = 'select action, actor_name, subject from app.audit_log where tenant_id = $1'
  expect(await withAdminConnection(stage.admin, (run) => run(question, [id]))).toEqual([
    { action: 'tenant.created', actor_name: 'ines', subject: 'dune' },
  ])
})

test('a change by hand is an entry in the name of the login, and what was announced holds for one change only', async () => {
  const change = `update app.tenants set name = name || '!' where slug = 'acme'`
  const announce = `select app.announce_tenant_change('{"actorKind":"operator","actorName":"ines","action":"tenant.renamed"}')`
  const entries = await entriesOf(() =>
    withAdminConnection(stage.target, (run) => run(`${announce}; ${change}; ${change}`)),
  )
  expect(entries).toMatchObject([
    { action: 'tenant.renamed', actorName: 'ines', detail: { columns: ['name'] } },
    { action: 'tenant.row_changed', actorKind: 'system', actorName: stage.target.user, detail: { columns: ['name'] } },
  ])
})

test('what changes nothing leaves no entry, and what fails leaves none either', async () => {
  const { tenants } = stage.db
  await tenants.setDataSource('ines', 'acme', dataSource)
  expect(await entriesOf(() => tenants.setDataSource('ines', 'acme', dataSource))).toEqual([])
  const halved = { ...dataSource, dataSourceRegion: null as unknown as string }
  const failed = await entriesOf(() => tenants.setDataSource('ines', 'acme', halved).catch(() => undefined))
  expect(failed).toEqual([])
})

test('another identity of the database counts the version up, so that nobody goes on with the old one', async () => {
  const version = async () => (await stage.db.dataSources.forGrant(await stage.ownerGrant())).version
  const before = await version()
  await stage.db.tenants.setDataSource('ines', 'acme', { ...dataSource, dataSourceIdentity: '7/16384/2' })
  expect(await version()).toBe(before + 1)
  const nonsense = { ...dataSource, dataSourceIdentity: 'mine' }
  await expect(stage.db.tenants.setDataSource('ines', 'acme', nonsense)).rejects.toMatchObject({
    code: 'RULE_VIOLATED',
  })
})
