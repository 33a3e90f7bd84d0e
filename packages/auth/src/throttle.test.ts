import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { stageAuth } from './auth.fixture.ts'
import { verifyPassword } from './passwords.ts'

vi.mock('./passwords.ts', { spy: true })

let stage: Awaited<ReturnType<typeof stageAuth>>
beforeAll(async () => {
  stage = await stageAuth()
})
afterAll(() => stage.close())
beforeEach(() => stage.asAdmin('delete from app.sign_in_throttle'))

const throttled = { code: 'SIGN_IN_THROTTLED', retryAfterSeconds: expect.any(Number) as number }
const wrong = (email: string, address?: string) =>
  stage.signIn({ email, password: 'wrong', ...(address !== undefined && { address }) }).then(
    () => 'signed in',
    ({ code }: { code: string }) => code,
  )
const used = (prefix: string, failures: number) =>
  stage.asAdmin(`update app.sign_in_throttle set failures = ${failures} where key like '${prefix}%'`)
const entries = (action: string) =>
  stage.asAdmin(`select subject, detail from app.audit_log where action = '${action}'`)

test('of parallel guesses at one account ten are looked at, from however many addresses they come', async () => {
  vi.mocked(verifyPassword).mockClear()
  const codes = await Promise.all(Array.from({ length: 30 }, (_, at) => wrong('olga@acme.example', `203.0.113.${at}`)))
  expect(verifyPassword).toHaveBeenCalledTimes(10)
  expect(codes.filter((code) => code === 'SIGN_IN_THROTTLED')).toHaveLength(20)
  await stage.restart()
  await expect(stage.signIn({ address: '198.51.100.1' })).rejects.toMatchObject(throttled)
})

test('of guesses from one address fifty are looked at, at however many accounts they aim, also after a restart', async () => {
  await wrong('first@acme.example', '203.0.113.7')
  await used('address:', 49)
  expect(await wrong('second@acme.example', '203.0.113.7')).toBe('SIGN_IN_FAILED')
  expect(await wrong('third@acme.example', '203.0.113.7')).toBe('SIGN_IN_THROTTLED')
  await stage.restart()
  await expect(stage.signIn({ address: '::ffff:203.0.113.7' })).rejects.toMatchObject(throttled)
  expect(await stage.signIn({ address: '203.0.113.8' })).toMatch(/-/)
})

test('one who has a whole IPv6 network is one caller', async () => {
  await wrong('first@acme.example', '2001:db8::1')
  await used('address:', 50)
  expect(await wrong('second@acme.example', '2001:db8::ffff:2')).toBe('SIGN_IN_THROTTLED')
})

test('an account that does not exist is throttled like one that does', async () => {
  for (const email of ['olga@acme.example', 'nobody@acme.example']) {
    await wrong(email)
    await used('account:', 10)
    await expect(stage.signIn({ email })).rejects.toMatchObject(throttled)
    await stage.asAdmin('delete from app.sign_in_throttle')
  }
})

test('the spelling of an address in the form of capitals wins no further attempts', async () => {
  await wrong('olga@acme.example')
  await used('account:', 10)
  expect(await wrong('OLGA@Acme.example')).toBe('SIGN_IN_THROTTLED')
})

test('being throttled is in the audit log once for each window, with the account and without what was typed', async () => {
  await stage.asAdmin('alter table app.audit_log disable trigger audit_log_append_only')
  await stage.asAdmin('delete from app.audit_log')
  await stage.asAdmin('alter table app.audit_log enable trigger audit_log_append_only')
  for (const email of ['olga@acme.example', 'canary-password@acme.example']) {
    await wrong(email, '203.0.113.5')
    await used('account:', 10)
    for (let count = 0; count < 4; count++) await wrong(email, '203.0.113.5')
    await stage.asAdmin(`delete from app.sign_in_throttle where key like 'account:%'`)
  }
  await used('address:', 50)
  for (let count = 0; count < 3; count++) await wrong(`x${count}@acme.example`, '203.0.113.5')
  expect(await entries('session.sign_in_throttled')).toEqual([
    { subject: stage.ownerId, detail: { by: 'account' } },
    { subject: null, detail: { by: 'account' } },
    { subject: null, detail: { by: 'address' } },
  ])
  expect(JSON.stringify(await stage.asAdmin('select * from app.audit_log'))).not.toContain('canary')
})

test('an unknown user, a disabled one and a wrong password take comparable time', async () => {
  await stage.auth().createUser({ email: 'dora@acme.example', name: 'Dora', password: 'another password' })
  await stage.asAdmin(`update app.users set status = 'disabled' where email = 'dora@acme.example'`)
  const fastest = new Map<string, number>()
  // Without the dummy hash an unknown user is answered ten times as fast. The fastest of several, in turn: what the machine does besides slows some down and speeds none up.
  for (let round = 0; round < 8; round++) {
    for (const email of ['nobody@acme.example', 'olga@acme.example', 'dora@acme.example']) {
      const began = performance.now()
      expect(await wrong(email)).toBe('SIGN_IN_FAILED')
      fastest.set(email, Math.min(fastest.get(email) ?? Infinity, performance.now() - began))
    }
  }
  const times = [...fastest.values()]
  expect(Math.max(...times) / Math.min(...times)).toBeLessThan(4)
})
