import type { SessionId } from '@tenantry/contracts/ids'
import { encode } from 'next-auth/jwt'
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieFor, secret, stageAuth } from './auth.fixture.ts'
import { sessionCookieName, sessionCookieReader } from './session-cookie.ts'

let stage: Awaited<ReturnType<typeof stageAuth>>
let sid: SessionId
let good: string
beforeAll(async () => {
  stage = await stageAuth()
  sid = await stage.signIn()
  good = await cookieFor(sid)
})
afterAll(() => stage.close())

const name = 'next-auth.session-token'

/** A token as somebody might forge it who has got hold of `keyFor`, with any header, claims and length of tag. */
function forge(
  options: { header?: object; claims?: object; keyFor?: string; salt?: string; tagLength?: number } = {},
): string {
  const { header = { alg: 'dir', enc: 'A256GCM' }, keyFor = secret, salt = '', tagLength = 16 } = options
  const { claims = { sid, exp: Date.now() / 1000 + 60 } } = options
  const info = `NextAuth.js Generated Encryption Key${salt && ` (${salt})`}`
  const key = Buffer.from(hkdfSync('sha256', keyFor, salt, info, 32))
  const head = Buffer.from(JSON.stringify(header)).toString('base64url')
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(head))
  const text = Buffer.concat([cipher.update(JSON.stringify(claims)), cipher.final()])
  const tag = cipher.getAuthTag().subarray(0, tagLength)
  return `${name}=${[head, '', ...[iv, text, tag].map((part) => part.toString('base64url'))].join('.')}`
}

test('the forger of these tests can make a good cookie, so what is refused below is refused for its fault', async () => {
  expect((await stage.read(forge()))?.session.id).toBe(sid)
})

test('a cookie that was good ends with its time, also for a process that has seen it', async () => {
  const soon = forge({ claims: { sid, exp: Date.now() / 1000 + 1 } })
  expect((await stage.read(soon))?.session.id).toBe(sid)
  await expect.poll(() => stage.read(soon), { timeout: 5_000 }).toBeNull()
})

const in60s = () => Date.now() / 1000 + 60
test.each([
  ['another algorithm', () => forge({ header: { alg: 'none', enc: 'A256GCM' } })],
  ['another encryption', () => forge({ header: { alg: 'dir', enc: 'A128CBC-HS256' } })],
  ['no header fields', () => forge({ header: {} })],
  ['a tag of four bytes', () => forge({ tagLength: 4 })],
  ['no tag', () => forge({ tagLength: 0 })],
  ['the key of another secret', () => forge({ keyFor: 'another secret of thirty-two characters' })],
  ['the key of another kind of cookie of next-auth', () => forge({ salt: 'next-auth.state' })],
  ['no expiry', () => forge({ claims: { sid } })],
  ['an expiry that is a text', () => forge({ claims: { sid, exp: String(in60s()) } })],
  ['an expiry that is no number', () => forge({ claims: { sid, exp: null } })],
  ['an expiry in the past', () => forge({ claims: { sid, exp: Date.now() / 1000 - 1 } })],
  ['a list of sessions', () => forge({ claims: { sid: [sid], exp: in60s() } })],
  ['a condition in place of a session', () => forge({ claims: { sid: { $ne: null }, exp: in60s() } })],
  ['SQL in place of a session', () => forge({ claims: { sid: `${sid}' or '1'='1`, exp: in60s() } })],
  [
    'another session id that nobody has',
    () => forge({ claims: { sid: '01900000-0000-7000-8000-000000000001', exp: in60s() } }),
  ],
  ['the id of a user', () => forge({ claims: { sid: stage.ownerId, exp: in60s() } })],
  ['a sixth part', () => `${forge()}.AAAA`],
  ['an encrypted key', () => forge().replace('..', '.AAAA.')],
  ['claims in the place of the session', () => forge({ claims: { id: sid, sub: sid, exp: in60s() } })],
])('a cookie with %s is nobody', async (_, cookie) => {
  expect(await stage.read(cookie())).toBeNull()
})

test('a token that next-auth made for another purpose is no session', async () => {
  const token = await encode({ token: { sid }, secret, salt: 'next-auth.csrf-token', maxAge: 60 })
  expect(await stage.read(`${name}=${token}`)).toBeNull()
})

test('of two cookies of the name the first counts, as browsers send the more specific one first', async () => {
  const other = await stage.signIn()
  expect((await stage.read(`${good}; ${await cookieFor(other)}`))?.session.id).toBe(sid)
  expect(await stage.read(`${name}=planted; ${good}`)).toBeNull()
})

test('over https only the cookie that no other host can plant is read', () => {
  const origin = 'https://crm.example.com'
  const read = sessionCookieReader({ sessionSecret: secret, origin })
  expect(sessionCookieName(origin)).toMatch(/^__Host-/)
  expect(read(good)).toBeUndefined()
  expect(read(good.replace(name, `__Secure-${name}`))).toBeUndefined()
  expect(read(good.replace(name, sessionCookieName(origin)))).toBe(sid)
  const { cookies } = stage.auth().nextAuthOptions
  expect(cookies?.sessionToken?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/' })
  expect(cookies?.sessionToken?.options).not.toHaveProperty('domain')
})

test('a header of a megabyte is nobody, and takes no time that grows with its square', async () => {
  const began = performance.now()
  const chunks = Array.from({ length: 20_000 }, (_, at) => `${name}.${at}=${'A'.repeat(40)}`).join('; ')
  for (const cookie of [
    chunks,
    `${name}=${'A'.repeat(1_000_000)}`,
    `${name}=${'.'.repeat(100_000)}`,
    `${'='.repeat(100_000)}`,
  ]) {
    expect(await stage.read(cookie)).toBeNull()
  }
  expect(performance.now() - began).toBeLessThan(5_000)
})

test("a copy of the cookie is worth nothing after a sign-out, by our button or by next-auth's own", async () => {
  const { nextAuthOptions, signOut } = stage.auth()
  const [ours, theirs] = [await stage.signIn(), await stage.signIn()]
  const session = await stage.read(await cookieFor(ours))
  if (session === null) throw new Error('nobody is signed in')
  await signOut(session)
  expect(await stage.read(await cookieFor(ours))).toBeNull()
  await nextAuthOptions.events?.signOut?.({ token: { sid: theirs }, session: { expires: '' } })
  expect(await stage.read(await cookieFor(theirs))).toBeNull()
  expect((await stage.read(good))?.session.id).toBe(sid)
  await nextAuthOptions.events?.signOut?.({ token: {}, session: { expires: '' } })
})

test('a session that was in use does not outlive its 90 days by being used', async () => {
  const old = await stage.signIn()
  await stage.asAdmin(
    `update app.sessions set created_at = now() - interval '91 days', last_seen_at = now() - interval '2 minutes' where id = '${old}'`,
  )
  const cookie = await cookieFor(old)
  expect(await stage.read(cookie)).not.toBeNull()
  // That use marked it as seen, which brought the end forward.
  await expect.poll(() => stage.read(cookie)).toBeNull()
})
