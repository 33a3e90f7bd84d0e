import { withAdminConnection } from '@tenantry/connections/admin'
import type { UserId } from '@tenantry/contracts/ids'
import type { Role } from '@tenantry/contracts/roles'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAppDb } from '../database.fixture.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

/** A member of acme, and the grant of a session of theirs. */
async function join(email: string, role: Exclude<Role, 'owner'>) {
  const { userId } = await stage.db.memberships.add(await stage.ownerGrant(), { email, name: email, role })
  return { userId, grant: () => grantOf(userId) }
}

async function grantOf(userId: UserId) {
  const session = await stage.db.sessions.start({ userId, name: 'x', userAgent: null, requestId: null })
  const grant = (await stage.sign(session))?.grant
  if (!grant) throw new Error('the session has no grant')
  return grant
}

test.each([
  ['demote', (userId: UserId) => ({ userId, role: 'member' as const }), 'setRole'],
  ['remove', (userId: UserId) => ({ userId, status: 'removed' as const }), 'setStatus'],
] as const)('two owners who %s each other at once do not both succeed', async (verb, change, method) => {
  const { memberships } = stage.db
  for (let round = 0; round < 5; round++) {
    const other = await join(`${verb}${round}@acme.example`, 'admin')
    await memberships.setRole(await stage.ownerGrant(), { userId: other.userId, role: 'owner' })
    const [mine, theirs] = [await stage.ownerGrant(), await other.grant()]
    const attempts = [
      () => memberships[method](mine, change(other.userId) as never),
      () => memberships[method](theirs, change(stage.ownerId) as never),
    ]
    const outcomes = await Promise.allSettled(attempts.map((attempt) => attempt()))
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(failed.map(({ reason }) => (reason as { code: string }).code)).toEqual(['RULE_VIOLATED'])
    const owners = (await memberships.list(mine)).filter(({ role, status }) => role === 'owner' && status === 'active')
    expect(owners).toHaveLength(1)
    await withAdminConnection(stage.admin, async (run) => {
      await run(`update app.memberships set role = 'owner', status = 'active' where user_id = $1`, [stage.ownerId])
      await run('delete from app.memberships where user_id = $1', [other.userId])
    })
  }
})

test('adding somebody who has an account leaves their password and name as they are', async () => {
  const email = 'una@elsewhere.example'
  await stage.db.users.create({ email, name: 'Una', passwordHash: 'her own' })
  const input = {
    email: email.toUpperCase(),
    name: 'Mallory',
    role: 'member',
    password: 'a password of the admin',
  } as const
  expect(await stage.db.memberships.add(await stage.ownerGrant(), input)).toMatchObject({ name: 'Una', email })
  expect(await stage.db.users.findCredential(email)).toMatchObject({ name: 'Una', passwordHash: 'her own' })
})

test('an admin brings no removed owner back, and makes none by the way of adding', async () => {
  const former = await join('frida@acme.example', 'admin')
  const owner = await stage.ownerGrant()
  await stage.db.memberships.setRole(owner, { userId: former.userId, role: 'owner' })
  await stage.db.memberships.setStatus(owner, { userId: former.userId, status: 'removed' })
  const grant = await (await join('ada@acme.example', 'admin')).grant()
  const back = { userId: former.userId, status: 'active' } as const
  await expect(stage.db.memberships.setStatus(grant, back)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const asOwner = { email: 'frida@acme.example', name: 'Frida', role: 'owner' as 'admin' }
  await expect(stage.db.memberships.add(grant, asOwner)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test.each(['member', 'read_only'] as const)('a %s member changes no member and no setting', async (role) => {
  const grant = await (await join(`${role}@acme.example`, role)).grant()
  const { memberships, tenants } = stage.db
  const attempts = [
    memberships.add(grant, { email: 'x@x.example', name: 'X', role: 'member' }),
    memberships.setRole(grant, { userId: stage.ownerId, role: 'member' }),
    memberships.setStatus(grant, { userId: stage.ownerId, status: 'removed' }),
    tenants.updateSettings(grant, { version: 1, patch: { name: 'Mine' } }),
  ]
  for (const attempt of await Promise.allSettled(attempts)) {
    expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'FORBIDDEN' } })
  }
})

test('a member of another company is not found, whatever their id', async () => {
  const userId = await stage.db.users.create({ email: 'bea@bloom.example', name: 'Bea', passwordHash: null })
  await withAdminConnection(stage.admin, (run) =>
    run(`insert into app.memberships (tenant_id, user_id, role) values ($1, $2, 'member')`, [
      stage.otherTenantId,
      userId,
    ]),
  )
  const grant = await stage.ownerGrant()
  await expect(stage.db.memberships.setRole(grant, { userId, role: 'admin' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect((await stage.db.memberships.list(grant)).map((member) => member.userId)).not.toContain(userId)
})
