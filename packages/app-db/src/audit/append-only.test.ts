import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAppDb } from '../database.fixture.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

/** What somebody who has taken over the application's login might try. */
const attempts = [
  [`update app.audit_log set action = 'x'`, '42501'],
  ['delete from app.audit_log', '42501'],
  ['truncate app.audit_log', '42501'],
  [`insert into app.audit_log (id, actor_kind, action) values (1, 'system', 'x')`, '428C9'],
  [`insert into app.audit_log (id, actor_kind, action) overriding system value values (1, 'system', 'x')`, '23505'],
  [`insert into app.audit_log (actor_kind, action) values ('nobody', 'x')`, '23514'],
  ['alter table app.audit_log disable trigger all', '42501'],
  ['drop trigger audit_log_append_only on app.audit_log', '42501'],
  ['drop table app.audit_log', '42501'],
  [`set session_replication_role = 'replica'`, '42501'],
  [
    'create or replace function app.refuse_audit_change() returns trigger language plpgsql as $$ begin return new; end $$',
    '42501',
  ],
  ['create table app.mine (id int)', '42501'],
  ['select app.audit_tenant_change()', '42501'],
  ['drop trigger tenants_audited on app.tenants', '42501'],
  ['update app.schema_migrations set hash = null', '42501'],
  ['delete from app.tenants', '42501'],
  ['delete from app.users', '42501'],
] as const

test.each(attempts)("the application's login cannot: %s", async (text, sqlstate) => {
  const before = await count()
  const attempt = withAdminConnection(stage.target, (run) => run(text))
  await expect(attempt).rejects.toMatchObject({ detail: { sqlstate } })
  expect(await count()).toBe(before)
})

test('not even the owner of the database edits the log by an ordinary statement', async () => {
  for (const text of [`update app.audit_log set action = 'x'`, 'delete from app.audit_log', 'truncate app.audit_log']) {
    const attempt = withAdminConnection(stage.admin, (run) => run(text))
    await expect(attempt).rejects.toMatchObject({ detail: { sqlstate: '23001' } })
  }
})

async function count(): Promise<unknown> {
  const [row] = await withAdminConnection(stage.admin, (run) =>
    run('select count(*)::int as n, max(id) as last from app.audit_log'),
  )
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}
