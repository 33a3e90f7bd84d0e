import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { stageOperator } from '../operator.fixture.ts'
import { operatorOf, passTtlMs } from './pass.ts'

let stage: Awaited<ReturnType<typeof stageOperator>>
beforeAll(async () => {
  stage = await stageOperator()
})
afterAll(() => stage.close())
afterEach(() => vi.restoreAllMocks())

test('a session tells in its one query whether the person is an operator, and an owner is none', async () => {
  expect((await stage.look()).operatorPass).not.toBeNull()
  expect(await stage.sign()).toMatchObject({ role: 'owner', operatorPass: null })
})

test('an operator is nowhere by being one: no tenant, no role, no grant', async () => {
  expect(await stage.look()).toMatchObject({ tenant: null, role: null, grant: null, support: null })
})

test('who was taken off the list is no operator on the next request', async () => {
  const pia = await stage.db.users.create({ email: 'pia@host.example', name: 'Pia', passwordHash: null })
  const session = await stage.start(pia)
  await stage.operators.add('cli', 'pia@host.example')
  expect((await stage.look(session)).operatorPass).not.toBeNull()
  await stage.operators.remove('cli', 'PIA@host.example')
  expect((await stage.look(session)).operatorPass).toBeNull()
  expect((await stage.operators.list()).map(({ email, addedBy }) => [email, addedBy])).toEqual([
    ['opal@host.example', 'cli'],
  ])
})

test('nobody becomes an operator twice, or without an account', async () => {
  await expect(stage.operators.add('cli', 'opal@host.example')).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(stage.operators.add('cli', 'nobody@host.example')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(stage.operators.remove('cli', 'olga@acme.example')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('who made whom an operator stands in the audit log', async () => {
  const entries = await withAdminConnection(stage.admin, (run) =>
    run(`select actor_name, subject from app.audit_log where action = 'operator.added' and subject = $1`, [
      stage.operatorUserId,
    ]),
  )
  expect(entries).toEqual([{ actor_name: 'cli', subject: stage.operatorUserId }])
})

test('a copy, a descendant or a look-alike of a pass opens no console, nor does one kept past its time', async () => {
  const pass = (await stage.look()).operatorPass
  if (pass === null) throw new Error('no pass')
  const forgeries: unknown[] = [Object.assign({}, pass), Object.create(pass), {}, null, 'opal']
  for (const forged of forgeries)
    expect(() => stage.db.forOperator(forged as typeof pass)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  const Maker = pass.constructor as unknown as new (facts: unknown) => typeof pass
  expect(() => new Maker(operatorOf(pass))).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + passTtlMs)
  expect(() => stage.db.forOperator(pass)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
})

test('the handle that serves requests makes nobody an operator', () => {
  expect(stage.db).not.toHaveProperty('operators')
})
