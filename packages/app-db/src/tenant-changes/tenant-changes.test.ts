import { openAdminLink } from '@tenantry/connections/admin'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { stageAppDb } from '../database.fixture.ts'
import { openAppDb } from '../open.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

const settings = {
  dataSourceUrl: 'postgres://acme_app@db.example:5432/acme',
  dataSourceAnonKey: 'sealed 1',
  dataSourceServiceKey: 'sealed 2',
  dataSourceRegion: 'eu',
  connectionPoolConfig: {},
  tenantIdInDataSource: '01900000-0000-4000-8000-000000000001',
  dataSourceIdentity: '7/16384/1',
  placement: 'dedicated',
} as const

function open() {
  const app = openAppDb({ target: stage.target })
  onTestFinished(() => app.close())
  return app
}

test('the first look tells every tenant, each later one what has changed since: data source and status, not the name', async () => {
  const { tenantChanges } = open()
  const first = await tenantChanges.since(undefined)
  expect(first.changes.map(({ tenantId }) => tenantId).sort()).toEqual([stage.tenantId, stage.otherTenantId].sort())
  await stage.db.tenants.setDataSource('op', 'acme', settings)
  const second = await tenantChanges.since(first.mark)
  const version = (first.changes.find(({ tenantId }) => tenantId === stage.tenantId)?.version ?? 0) + 1
  expect(second.changes).toContainEqual({ tenantId: stage.tenantId, version, status: 'active' })
  await stage.db.tenants.setStatus('op', 'acme', 'suspended')
  const third = await tenantChanges.since(second.mark)
  expect(third.changes).toContainEqual({ tenantId: stage.tenantId, version: version + 1, status: 'suspended' })
  await stage.db.tenants.setStatus('op', 'acme', 'active')
  const { mark } = await tenantChanges.since(third.mark)
  await stage.db.tenants.updateSettings(await stage.ownerGrant(), { version: 1, patch: { name: 'Acme & Co' } })
  expect((await tenantChanges.since(mark)).changes).not.toContainEqual(
    expect.objectContaining({ tenantId: stage.tenantId, version: version + 3 }),
  )
})

test('a change is not missed because one that began later was committed earlier', async () => {
  const { tenantChanges } = open()
  await using slow = await openAdminLink(stage.admin)
  await slow.run(`begin; update app.tenants set status = 'suspended' where slug = 'bloom'`)
  await stage.db.tenants.setStatus('op', 'acme', 'suspended')
  const { mark, changes } = await tenantChanges.since(undefined)
  expect(changes).toContainEqual(expect.objectContaining({ tenantId: stage.tenantId, status: 'suspended' }))
  expect(changes).toContainEqual(expect.objectContaining({ tenantId: stage.otherTenantId, status: 'active' }))
  await slow.run('commit')
  expect((await tenantChanges.since(mark)).changes).toContainEqual(
    expect.objectContaining({ tenantId: stage.otherTenantId, status: 'suspended' }),
  )
  for (const slug of ['acme', 'bloom']) await stage.db.tenants.setStatus('op', slug, 'active')
})

test('whoever listens gets a hint with each change, and none for a change of settings', async () => {
  const { tenantChanges, db } = open()
  let hints = 0
  const listener = tenantChanges.listen(() => void hints++)
  onTestFinished(() => listener.close())
  await expect.poll(() => hints).toBe(1)
  await db.tenants.updateSettings(await stage.ownerGrant(), { version: 2, patch: { name: 'Acme' } })
  await db.tenants.setStatus('op', 'acme', 'suspended')
  await expect.poll(() => hints).toBe(2)
  await db.tenants.setStatus('op', 'acme', 'active')
  await expect.poll(() => hints).toBe(3)
})
