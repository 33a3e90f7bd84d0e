import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { stageAppDb } from './database.fixture.ts'
import { grantFacts, grantTtlMs, isGenuineGrant } from './grants.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

const asApplication = (text: string) => withAdminConnection(stage.target, (run) => run(text))

test('a session resolves to its user, tenant, role and a genuine grant', async () => {
  const session = await stage.sign()
  expect(session).toMatchObject({ user: { email: 'olga@acme.example' }, tenant: { slug: 'acme' }, role: 'owner' })
  expect(grantFacts(await stage.ownerGrant())).toMatchObject({
    tenantId: stage.tenantId,
    access: 'write',
    requestId: 'r',
  })
})

test('a copy, a descendant or a look-alike of a grant is refused', async () => {
  const grant = await stage.ownerGrant()
  const copy: unknown = Object.assign({}, grant)
  const forgeries: unknown[] = [copy, Object.create(grant), structuredClone(copy), null, 'acme']
  for (const forged of forgeries) {
    expect(isGenuineGrant(forged)).toBe(false)
    expect(() => grantFacts(forged as typeof grant)).toThrow(expect.objectContaining({ code: 'GRANT_REFUSED' }))
  }
})

test('the constructor of a grant mints nothing for a stranger, and answers nothing else than the truth', async () => {
  const grant = await stage.ownerGrant()
  const Maker = grant.constructor as unknown as new (facts: unknown) => typeof grant
  const forge = () => new Maker({ ...grantFacts(grant), tenantId: stage.otherTenantId })
  expect(forge).toThrow(expect.objectContaining({ code: 'GRANT_REFUSED' }))
  expect(() => Object.assign(Maker, { facts: () => ({ tenantId: stage.otherTenantId }) })).toThrow(TypeError)
})

test('a grant kept past its time is refused', async () => {
  const grant = await stage.ownerGrant()
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + grantTtlMs)
  expect(() => grantFacts(grant)).toThrow(expect.objectContaining({ code: 'GRANT_REFUSED' }))
  vi.restoreAllMocks()
})

test('the last owner can be neither demoted nor removed', async () => {
  const grant = await stage.ownerGrant()
  const member = { userId: stage.ownerId }
  await expect(stage.db.memberships.setRole(grant, { ...member, role: 'admin' })).rejects.toMatchObject({
    code: 'RULE_VIOLATED',
  })
  await expect(stage.db.memberships.setStatus(grant, { ...member, status: 'removed' })).rejects.toMatchObject({
    code: 'RULE_VIOLATED',
  })
  expect((await stage.sign())?.role).toBe('owner')
})

test('an admin manages members but makes and unmakes no owner; a removed member has no grant on the next request', async () => {
  const { db } = stage
  const grant = await stage.ownerGrant()
  const admin = await db.memberships.add(grant, {
    email: 'Ada@acme.example',
    name: 'Ada',
    role: 'admin',
    password: 'long enough a word',
  })
  const sessionId = await db.sessions.start({ userId: admin.userId, name: 'Ada', userAgent: null, requestId: null })
  const adminGrant = (await stage.sign(sessionId))?.grant
  if (!adminGrant) throw new Error('no grant')
  await expect(db.memberships.setRole(adminGrant, { userId: admin.userId, role: 'owner' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(db.memberships.setRole(adminGrant, { userId: stage.ownerId, role: 'member' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  for (const status of ['suspended', 'removed'] as const) {
    await db.memberships.setStatus(grant, { userId: admin.userId, status })
    expect(await stage.sign(sessionId)).toMatchObject({ tenant: null, role: null, grant: null })
  }
  expect((await db.memberships.list(grant)).map(({ name, status }) => [name, status])).toEqual([
    ['Ada', 'removed'],
    ['Olga', 'active'],
  ])
})

test('a suspended tenant is only read, an archived one gives no grant', async () => {
  const { db } = stage
  await db.tenants.setStatus('op', 'acme', 'suspended')
  const grant = await stage.ownerGrant()
  expect(grantFacts(grant).access).toBe('read')
  await expect(db.tenants.updateSettings(grant, { version: 1, patch: { name: 'New' } })).rejects.toMatchObject({
    code: 'TENANT_SUSPENDED',
  })
  await db.tenants.setStatus('op', 'acme', 'archived')
  expect(await stage.sign()).toMatchObject({ tenant: { status: 'archived' }, grant: null })
  await expect(
    stage.grants.forOperator('op', 'acme', { reason: 'look', access: 'read', requestId: 'r' }),
  ).rejects.toMatchObject({ code: 'TENANT_ARCHIVED' })
  await db.tenants.setStatus('op', 'acme', 'active')
})

test('an operator gets a grant only with an entry in the audit log, which survives the rollback around it', async () => {
  const why = { reason: 'support case 7', access: 'read', requestId: 'r' } as const
  const fail = async () => {
    await stage.grants.forOperator('op', 'acme', why)
    throw new Error('rolled back')
  }
  const { db: appDb } = stage
  await expect(appDb.transaction(fail)).rejects.toThrow('rolled back')
  const grant = await stage.ownerGrant()
  const { rows } = await stage.db.audit.list(grant, { limit: 1, action: 'grant.minted' })
  expect(rows).toMatchObject([{ actorKind: 'operator', actorName: 'op', detail: { reason: 'support case 7' } }])
})

test('a data source is set whole or not at all, counts its version up, and leaves no secret in the audit log', async () => {
  const { db } = stage
  const grant = await stage.ownerGrant()
  await expect(db.dataSources.forGrant(grant)).rejects.toMatchObject({ code: 'TENANT_DATABASE_NOT_CONFIGURED' })
  await db.tenants.setDataSource('op', 'acme', {
    dataSourceUrl: 'postgres://acme_app@db.example:5432/acme',
    dataSourceAnonKey: 'sealed-canary-1',
    dataSourceServiceKey: 'sealed-canary-2',
    dataSourceRegion: 'eu',
    connectionPoolConfig: { max: 4 },
    tenantIdInDataSource: stage.otherTenantId,
    dataSourceIdentity: '7/16384/1',
    placement: 'dedicated',
  })
  expect(await db.dataSources.forGrant(grant)).toMatchObject({
    version: grantFacts(grant).dataSourceVersion + 1,
    poolConfig: { max: 4 },
    sealedAnonKey: 'sealed-canary-1',
  })
  expect(JSON.stringify((await db.audit.list(grant, { limit: 200 })).rows)).not.toContain('sealed-canary')
  await expect(asApplication('update app.tenants set data_source_region = null')).rejects.toMatchObject({
    code: 'RULE_VIOLATED',
  })
})

test('audit pages follow one another without a gap', async () => {
  const grant = await stage.ownerGrant()
  const first = await stage.db.audit.list(grant, { limit: 2 })
  const second = await stage.db.audit.list(grant, { limit: 2, cursor: first.nextCursor })
  const both = await stage.db.audit.list(grant, { limit: 4 })
  expect([...first.rows, ...second.rows]).toEqual(both.rows)
})

test('a clash names no value', async () => {
  const error = await stage.db.users
    .create({ email: 'olga@acme.example', name: 'Canary', passwordHash: null })
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'CONFLICT' })
  expect(JSON.stringify(error) + String(error)).not.toMatch(/canary|olga/i)
})
