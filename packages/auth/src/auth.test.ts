import { createAppDatabase } from '@tenantry/testing/app-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openAuth } from './auth.ts'
import { addressIn } from './next-auth-options.ts'
import { verifyPassword } from './passwords.ts'

vi.mock('./passwords.ts', { spy: true })

const secret = 'a secret of at least thirty-two characters'
const password = 'correct horse battery'
let database: Awaited<ReturnType<typeof createAppDatabase>>
let connection: ReturnType<typeof database.open>
const authOver = ({ db }: typeof connection) =>
  openAuth({
    appDb: db,
    sessionSecret: secret,
    origin: 'http://localhost:3000',
    trustedProxyHops: 0,
    logger: { warn() {} },
  })
const auth = () => authOver(connection)
let tenantId: Parameters<ReturnType<typeof openAuth>['switchTenant']>[1]

beforeAll(async () => {
  database = await createAppDatabase(mainServer())
  connection = database.open()
  const ownerId = await auth().createUser({ email: 'olga@acme.example', name: 'Olga', password })
  const settings = { name: 'A', trade: 'dj', timeZone: 'UTC', locale: 'en', currency: 'EUR', ownerId }
  tenantId = await connection.db.tenants.create('op', { ...settings, slug: 'acme' })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const attempt = (email = 'olga@acme.example', typed = password) => auth().signIn({ email, password: typed })
const cookieFor = async (sid: string, under = secret, maxAge = 60) =>
  `other=1; next-auth.session-token=${await encode({ token: { sid }, secret: under, maxAge })}`
const read = (cookie: string) => auth().readSession(cookie, { requestId: 'r' })

test('a cookie made by next-auth leads to its session, also when it is split', async () => {
  const cookie = await cookieFor(await attempt())
  expect(await read(cookie)).toMatchObject({ user: { name: 'Olga' }, tenant: { slug: 'acme' }, role: 'owner' })
  const token = cookie.split('session-token=')[1] ?? ''
  const name = 'next-auth.session-token'
  expect(await read(`${name}.1=${token.slice(50)}; ${name}.0=${token.slice(0, 50)}`)).not.toBeNull()
})

test('a forged, foreign, expired or missing cookie is nobody', async () => {
  const id = await attempt()
  const good = await cookieFor(id)
  for (const cookie of [
    `${good.slice(0, -2)}xx`,
    good.replace(/\.[^.]+$/, '.AAAA'),
    // The first four bytes of the right tag: 2^32 guesses would find such a one.
    good.replace(/[^.]+$/, (tag) => Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url')),
    await cookieFor(id, 'another secret of thirty-two characters'),
    await cookieFor(id, secret, -60),
    await cookieFor('not an id'),
    'next-auth.session-token=a.b.c.d.e',
    '',
  ]) {
    expect(await read(cookie)).toBeNull()
  }
})

test('a signed-out cookie is nobody at once; signing out everywhere ends the other sessions too', async () => {
  const [first, second, third] = await Promise.all([attempt(), attempt(), attempt()])
  const [one, two, three] = await Promise.all([cookieFor(first), cookieFor(second), cookieFor(third)])
  const session = await read(one)
  if (!session) throw new Error('not signed in')
  await auth().signOut(session)
  expect([await read(one), (await read(two))?.user.name]).toEqual([null, 'Olga'])
  const other = await read(two)
  if (!other) throw new Error('not signed in')
  await auth().signOutEverywhere(other)
  expect([await read(two), await read(three)]).toEqual([null, null])
})

test('an unknown user and a wrong password get the same answer, and for both a hash is verified', async () => {
  const answers = []
  for (const email of ['nobody@acme.example', 'olga@acme.example']) {
    vi.mocked(verifyPassword).mockClear()
    answers.push(await attempt(email, 'wrong').catch((error: unknown) => error))
    expect(verifyPassword).toHaveBeenCalledOnce()
  }
  expect(answers).toMatchObject([{ code: 'SIGN_IN_FAILED' }, { code: 'SIGN_IN_FAILED' }])
  const log = await database.asAdmin('select * from app.audit_log')
  expect(JSON.stringify([answers, log])).not.toMatch(/wrong"|battery/)
})

test('the dummy hash never matches', async () => {
  expect(await verifyPassword(null, 'no account has this password')).toBe(false)
})

test('too many attempts are throttled with a time to wait, also after a restart and with the right password', async () => {
  await auth().createUser({ email: 'theo@acme.example', name: 'Theo', password })
  await Promise.all(Array.from({ length: 10 }, () => attempt('theo@acme.example', 'wrong').catch(() => {})))
  await connection.close()
  connection = database.open()
  const error = await attempt('theo@acme.example').catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'SIGN_IN_THROTTLED', retryAfterSeconds: expect.any(Number) })
})

test('switching needs a membership there', async () => {
  const session = await read(await cookieFor(await attempt()))
  if (!session) throw new Error('not signed in')
  await auth().switchTenant(session, tenantId)
  await database.asAdmin("update app.memberships set status = 'suspended'")
  await expect(auth().switchTenant(session, tenantId)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await read(await cookieFor(session.session.id))).toMatchObject({ tenant: null, grant: null })
})

test('an address is believed only as far as proxies are trusted', () => {
  expect([0, 1, 2].map((hops) => addressIn('6.6.6.6, 10.0.0.1', hops))).toEqual([undefined, '10.0.0.1', '6.6.6.6'])
})
