import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAuth } from './auth.fixture.ts'

let stage: Awaited<ReturnType<typeof stageAuth>>
beforeAll(async () => {
  stage = await stageAuth()
})
afterAll(() => stage.close())

const invalid = { code: 'INVITATION_INVALID' }
const password = 'a long enough password'

/** Somebody new at acme, without a password. */
async function newcomer(email: string) {
  const { db, invitations } = stage.invite()
  const userId = await db.users.create({ email, name: 'Nora', passwordHash: null })
  const issue = async () => (await db.invitations.issue('ines', { slug: 'acme', userId }))?.token ?? ''
  return { issue, invitations }
}

test('a link shows whom it invites, sets the password once, and then the person signs in', async () => {
  const { issue, invitations } = await newcomer('nora@acme.example')
  const token = await issue()
  expect(await invitations.find(token)).toEqual({ companyName: 'A', email: 'nora@acme.example', name: 'Nora' })
  await expect(stage.signIn({ email: 'nora@acme.example', password })).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(await invitations.accept({ token, password })).toEqual({ email: 'nora@acme.example' })
  await stage.signIn({ email: 'nora@acme.example', password })
  await expect(invitations.accept({ token, password: 'another long password' })).rejects.toMatchObject(invalid)
  await expect(invitations.find(token)).rejects.toMatchObject(invalid)
  await stage.signIn({ email: 'nora@acme.example', password })
})

test('a link that was replaced, is too old or was never issued opens nothing', async () => {
  const { issue, invitations } = await newcomer('otto@acme.example')
  const first = await issue()
  const second = await issue()
  await expect(invitations.accept({ token: first, password })).rejects.toMatchObject(invalid)
  await stage.asAdmin(`update app.invitations set expires_at = now() where accepted_at is null`)
  for (const token of [second, 'x'.repeat(43), '', undefined, 7]) {
    await expect(invitations.find(token)).rejects.toMatchObject(invalid)
  }
  await expect(stage.signIn({ email: 'otto@acme.example', password })).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
})

test('of twenty who use one link at once, one sets the password', async () => {
  const { issue, invitations } = await newcomer('pia@acme.example')
  const token = await issue()
  const attempts = Array.from({ length: 20 }, (_, n) => invitations.accept({ token, password: `password number ${n}` }))
  const accepted = (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled')
  expect(accepted).toHaveLength(1)
})

test('a password that is too short is refused and leaves the link good; the token is kept nowhere', async () => {
  const { issue, invitations } = await newcomer('rosa@acme.example')
  const token = await issue()
  await expect(invitations.accept({ token, password: 'short' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { fields: { password: ['Use at least 12 characters.'] } },
  })
  const kept = await stage.asAdmin(`select to_jsonb(i)::text as row from app.invitations i`)
  expect(JSON.stringify(kept)).not.toContain(token)
  expect(await invitations.find(token)).toMatchObject({ email: 'rosa@acme.example' })
})

test('nobody is invited to choose another password for somebody who has one', async () => {
  const { db } = stage.invite()
  expect(await db.invitations.issue('ines', { slug: 'acme', userId: stage.ownerId })).toBeUndefined()
})
