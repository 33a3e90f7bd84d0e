import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantFacts } from '../grants.ts'
import { stageOperator } from '../operator.fixture.ts'
import { removeTenant } from '../remove-tenant.ts'

let stage: Awaited<ReturnType<typeof stageOperator>>
beforeAll(async () => {
  stage = await stageOperator()
})
afterAll(() => stage.close())

const asAdmin = (text: string, values: unknown[] = []) => withAdminConnection(stage.admin, (run) => run(text, values))
const nowhere = { tenant: null, role: null, grant: null, support: 'ended' }

test('support access opens the company it was opened for, to read, with the login that can only read', async () => {
  const { session, id } = await stage.supported('acme')
  const found = await stage.look(session)
  expect(found).toMatchObject({
    tenant: { slug: 'acme' },
    role: 'read_only',
    support: { id, reason: 'Ticket 7: totals differ' },
  })
  if (!found.grant) throw new Error('no grant')
  expect(grantFacts(found.grant)).toMatchObject({
    tenantId: stage.tenantId,
    principal: { kind: 'operator', name: 'Opal', userId: stage.operatorUserId },
    role: null,
    access: 'read',
    login: 'support',
  })
})

test('support access to one company is none to another, whatever the session wishes', async () => {
  const { session } = await stage.supported('acme')
  await asAdmin('update app.sessions set tenant_id = $1 where id = $2', [stage.otherTenantId, session])
  expect(await stage.look(session)).toMatchObject({ tenant: { slug: 'acme' } })
  const { principal } = await stage.look(session)
  await expect(stage.db.sessions.switchTenant(principal, stage.otherTenantId)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('nobody works by the support access of somebody else', async () => {
  const { id } = await stage.supported('acme')
  const pia = await stage.db.users.create({ email: 'pia@host.example', name: 'Pia', passwordHash: null })
  await stage.operators.add('cli', 'pia@host.example')
  const session = await stage.start(pia)
  await expect((await stage.operatorDb(session)).support.enter(session, id)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  // Written past every check, it still opens nothing.
  await asAdmin('update app.sessions set support_access_id = $1 where id = $2', [id, session])
  expect(await stage.look(session)).toMatchObject(nowhere)
  await asAdmin('update app.sessions set support_access_id = $1 where user_id = $2', [id, stage.ownerId])
  expect(await stage.sign()).toMatchObject(nowhere)
  await asAdmin('update app.sessions set support_access_id = null where user_id = $1', [stage.ownerId])
})

test('the request after its expiry is refused, and none of its grants lives longer', async () => {
  const { session, id } = await stage.supported('acme')
  await asAdmin(`update app.support_access set expires_at = now() + interval '5 seconds' where id = $1`, [id])
  const { grant } = await stage.look(session)
  if (!grant) throw new Error('no grant')
  expect(grantFacts(grant).expiresAt - Date.now()).toBeLessThanOrEqual(5_000)
  await asAdmin(
    `update app.support_access set opened_at = now() - interval '1 hour', expires_at = now() where id = $1`,
    [id],
  )
  expect(await stage.look(session)).toMatchObject(nowhere)
  await expect((await stage.operatorDb(session)).support.enter(session, id)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('whoever runs the company ends it with the next request of the operator, and reads who came, why and until when', async () => {
  const { session, id } = await stage.supported('acme')
  const grant = await stage.ownerGrant()
  const [row] = await stage.db.supportAccess.list(grant)
  expect(row).toMatchObject({
    id,
    operatorName: 'Opal',
    reason: 'Ticket 7: totals differ',
    endedAt: null,
    isLive: true,
  })
  await stage.db.supportAccess.end(grant, id)
  expect(await stage.look(session)).toMatchObject(nowhere)
  expect((await stage.db.supportAccess.list(grant))[0]).toMatchObject({ endedBy: 'Olga', isLive: false })
  await expect(stage.db.supportAccess.end(grant, id)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  const { rows } = await stage.db.audit.list(grant, { limit: 3 })
  expect(rows.map(({ action, actorKind, actorName }) => [action, actorKind, actorName])).toEqual([
    ['support.ended', 'user', 'Olga'],
    ['support.entered', 'operator', 'Opal'],
    ['support.opened', 'operator', 'Opal'],
  ])
  expect(rows[2]?.detail).toMatchObject({ reason: 'Ticket 7: totals differ', minutes: 30 })
})

test('a company neither sees nor ends what concerns another one, and the operator looked at ends nothing by that grant', async () => {
  const { session, id } = await stage.supported('bloom')
  const grant = await stage.ownerGrant()
  expect((await stage.db.supportAccess.list(grant)).map((row) => row.id)).not.toContain(id)
  await expect(stage.db.supportAccess.end(grant, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const own = (await stage.look(session)).grant
  if (!own) throw new Error('no grant')
  await expect(stage.db.supportAccess.end(own, id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a grant of support access changes nothing in the application database', async () => {
  const { session } = await stage.supported('acme')
  const { grant } = await stage.look(session)
  if (!grant) throw new Error('no grant')
  const change = { version: 1, patch: { name: 'Taken over' } }
  await expect(stage.db.tenants.updateSettings(grant, change)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const member = { email: 'x@x.example', name: 'X', role: 'admin' } as const
  await expect(stage.db.memberships.add(grant, member)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('who is no operator any more loses the access under way', async () => {
  const { session } = await stage.supported('acme')
  await stage.operators.remove('cli', 'opal@host.example')
  expect(await stage.look(session)).toMatchObject({ ...nowhere, operatorPass: null })
  await stage.operators.add('cli', 'opal@host.example')
})

test('leaving brings the session back to where it was; the access can be entered again', async () => {
  const { session, id, operator } = await stage.supported('acme')
  await operator.support.leave(session)
  expect(await stage.look(session)).toMatchObject({ tenant: null, support: null })
  await operator.support.enter(session, id)
  expect(await stage.look(session)).toMatchObject({ tenant: { slug: 'acme' } })
  await operator.support.end(id)
  expect(await stage.look(session)).toMatchObject(nowhere)
})

test('in their own support access an operator who is a member reads like any other operator', async () => {
  const { session } = await stage.supported('bloom')
  await asAdmin(`insert into app.memberships (tenant_id, user_id, role) values ($1, $2, 'owner')`, [
    stage.otherTenantId,
    stage.operatorUserId,
  ])
  expect(await stage.look(session)).toMatchObject({
    role: 'read_only',
    support: { reason: expect.any(String) as string },
  })
  await asAdmin(`delete from app.memberships where user_id = $1`, [stage.operatorUserId])
})

test('nothing is opened without a reason, for longer than a working day, or to a company that is closed or has no such login', async () => {
  const { support } = await stage.operatorDb()
  const asked = { slug: 'acme', reason: 'Ticket 7: totals differ', minutes: 30 }
  await expect(support.open({ ...asked, minutes: 481 })).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  await expect(support.open({ ...asked, reason: '   ' })).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  await expect(support.open({ ...asked, slug: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await stage.db.tenants.setStatus('op', 'bloom', 'archived')
  await expect(support.open({ ...asked, slug: 'bloom' })).rejects.toMatchObject({ code: 'TENANT_ARCHIVED' })
  await stage.db.tenants.setStatus('op', 'bloom', 'active')
  await asAdmin(`update app.tenants set data_source_support_key = null where slug = 'bloom'`)
  await expect(support.open({ ...asked, slug: 'bloom' })).rejects.toMatchObject({
    code: 'TENANT_DATABASE_NOT_CONFIGURED',
  })
})

test('the application itself cannot rewrite who came, why and for how long', async () => {
  const { id } = await stage.supported('acme')
  const asApplication = (text: string) => withAdminConnection(stage.target, (run) => run(text, [id]))
  for (const text of [
    `update app.support_access set reason = 'another one' where id = $1`,
    `update app.support_access set expires_at = now() + interval '1 year' where id = $1`,
    'delete from app.support_access where id = $1',
  ])
    await expect(asApplication(text)).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
})

test('another password of the login that can only read counts as another data source, so that no process goes on with the old one', async () => {
  const versionOf = async () => (await (await stage.operatorDb()).fleet.bySlug('acme')).dataSourceVersion
  const before = await versionOf()
  await asAdmin(`update app.tenants set data_source_support_key = 'sealed anew' where slug = 'acme'`)
  expect(await versionOf()).toBe(before + 1)
})

test('a company is removed with a member who was an operator once, and what they did elsewhere stays known as theirs', async () => {
  const { id } = await stage.supported('acme')
  const { operatorUserId: opal, otherTenantId: bloom } = stage
  await asAdmin(`insert into app.memberships (tenant_id, user_id, role) values ($1, $2, 'member')`, [bloom, opal])
  const pat = await stage.db.users.create({ email: 'pat@bloom.example', name: 'Pat', passwordHash: null })
  await asAdmin(`insert into app.memberships (tenant_id, user_id, role) values ($1, $2, 'member')`, [bloom, pat])
  await stage.operators.remove('cli', 'opal@host.example')
  await removeTenant(stage.admin, 'ines', bloom)
  expect(await asAdmin('select operator_id from app.support_access where id = $1', [id])).toEqual([
    { operator_id: opal },
  ])
  expect(await asAdmin('select id from app.users where id = any($1::uuid[])', [[opal, pat]])).toEqual([{ id: opal }])
})
