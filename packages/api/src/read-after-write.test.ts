import type { Account } from '@tenantry/contracts/accounts'
import { writeMarkCookie, writeMarkHeader } from '@tenantry/contracts/write-mark'
import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { lookInto } from '@tenantry/testing/look-into'
import { accountInput } from '@tenantry/testing/factories/account'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from './browser.fixture.ts'
import { serveConfig, serveWorld, type ServedWorld } from './served-world.fixture.ts'

let primary: LocalServer
let replica: LocalServer
let served: ServedWorld<'acme'>
beforeAll(async () => {
  primary = await startServer({ ephemeral: true, durable: false })
  replica = await startServer({ ephemeral: true, durable: false, replicaOf: primary })
  const { host, port, superuser: user, password } = primary
  served = await serveWorld({ acme: { server: { host, port, user, password } } }, { region: 'far' })
  const url = `postgres://127.0.0.1:${replica.port}/${served.world.tenants.acme.admin.database}?sslmode=disable`
  await served.world.app.replicas.add('tests', 'acme', { url, region: 'far' })
})
afterAll(async () => {
  await served.close()
  await replica.stop()
  await primary.stop()
})

test('what somebody has written they read at once, by header or cookie, although the replica nearby stands still', async () => {
  const { admin } = served.world.tenants.acme
  await caughtUp()
  const atReplica = { ...admin, port: replica.port }
  await lookInto(atReplica, 'select pg_wal_replay_pause()')
  const browser = await served.as('acme')
  const created = await browser.ask('accounts.create', accountInput())
  const mark = created.headers.get(writeMarkHeader) ?? ''
  expect(mark).toMatch(/^\d+:[0-9A-F]+\/[0-9A-F]+$/)
  const { id } = created.data as Account
  expect((await browser.ask('accounts.byId', { id }, { [writeMarkHeader]: mark })).outcome).toBe('ok')
  // As a page is rendered.
  const cookieHeader = `${browser.cookie ?? ''}; ${writeMarkCookie}=${mark}`
  expect((await served.runtime.callerFor({ cookieHeader }).accounts.byId({ id })).id).toBe(id)
  // Somebody else, who has written nothing, is answered by the replica, which does not know the account yet.
  const other = await served.as('acme')
  expect((await other.ask('accounts.byId', { id })).outcome).toBe('NOT_FOUND')
  await lookInto(atReplica, 'select pg_wal_replay_resume()')
  await caughtUp()
  expect((await other.ask('accounts.byId', { id })).outcome).toBe('ok')
})

test('one who reads only is not told anything, and a mark that somebody made up does no harm', async () => {
  const browser = await served.as('acme')
  for (const mark of [undefined, 'x'.repeat(5_000), "1:0/0'; select 1"]) {
    const headers = mark === undefined ? undefined : { [writeMarkHeader]: mark }
    const answer = await browser.ask('accounts.list', { limit: 5 }, headers)
    expect(answer.outcome).toBe('ok')
    expect(answer.headers.get(writeMarkHeader)).toBeNull()
  }
})

test('with the primary away, an answer of a replica says that it may be behind', async () => {
  const { world, config } = served
  const change = (column: string) => lookInto(world.appAdmin, `update app.tenants set ${column} where slug = 'acme'`)
  const [before] = await lookInto(world.appAdmin, `select data_source_url as url from app.tenants where slug = 'acme'`)
  await change(`connection_pool_config = connection_pool_config || '{"readOnlyFallback": true}'`)
  await change(`data_source_url = regexp_replace(data_source_url, ':[0-9]+/', ':1/')`)
  await using away = await serveConfig({ ...config, region: 'elsewhere' })
  const browser = new Browser(away.port, (await served.as('acme')).cookie)
  const list = () => browser.ask('accounts.list', { limit: 5 })
  for (let count = 0; count < 5; count++) expect((await list()).outcome).toBe('TENANT_DATABASE_UNREACHABLE')
  const answer = await list()
  expect(answer.outcome).toBe('ok')
  expect(answer.headers.get('x-tenantry-may-be-behind')).toBe('1')
  expect((await browser.ask('accounts.create', accountInput())).outcome).toBe('TENANT_DATABASE_UNREACHABLE')
  await lookInto(world.appAdmin, `update app.tenants set data_source_url = $1 where slug = 'acme'`, [before?.['url']])
})

/** Until the replica shows everything the primary has now. */
async function caughtUp(): Promise<void> {
  const { admin } = served.world.tenants.acme
  const ask = async (port: number, question: string) => {
    const [row] = await lookInto({ ...admin, port, database: 'postgres' }, question)
    return String(row?.['answer'])
  }
  const position = await ask(primary.port, 'select pg_current_wal_insert_lsn()::text as answer')
  const question = `select (pg_last_wal_replay_lsn() >= '${position}'::pg_lsn)::text as answer`
  while ((await ask(replica.port, question)) !== 'true') await sleep(20)
}
