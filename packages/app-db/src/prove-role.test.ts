import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAppDb } from './database.fixture.ts'
import { openAppDb } from './open.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

const asAdmin = (text: string) => withAdminConnection(stage.admin, (run) => run(text))

async function use(target: Target): Promise<unknown> {
  await using app = openAppDb({ target })
  return await app.db.users.findCredential('nobody@x.example')
}

test('the role made for the application may use it', async () => {
  expect(await use(stage.target)).toBeUndefined()
})

test('a superuser is refused before the first statement of the application', async () => {
  await expect(use(stage.admin)).rejects.toMatchObject({
    code: 'CONFIGURATION_INVALID',
    message: expect.stringContaining('the role is a superuser') as string,
  })
})

const role = () => `"${stage.target.user}"`

test.each([
  ['may create roles', () => `alter role ${role()} createrole`, () => `alter role ${role()} nocreaterole`],
  ['passes row security by', () => `alter role ${role()} bypassrls`, () => `alter role ${role()} nobypassrls`],
  [
    'may change the audit log',
    () => `grant delete on app.audit_log to ${role()}`,
    () => `revoke delete on app.audit_log from ${role()}`,
  ],
  [
    'may create tables',
    () => `grant create on schema app to ${role()}`,
    () => `revoke create on schema app from ${role()}`,
  ],
  [
    'owns the schema',
    () => `alter schema app owner to ${role()}`,
    () => `alter schema app owner to postgres; grant usage on schema app to ${role()}`,
  ],
])('a role that %s is refused until it may not', async (_, give, take) => {
  await asAdmin(give())
  await expect(use(stage.target)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
  await asAdmin(take())
  expect(await use(stage.target)).toBeUndefined()
})
