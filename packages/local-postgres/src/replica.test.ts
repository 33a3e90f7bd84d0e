import { expect, test } from 'vitest'
import { ask } from './ask.fixture.ts'
import { startServer } from './local-postgres.ts'

test('a replica follows its primary, shows what was committed there, refuses writes, and holds still while replay is paused', async () => {
  await using primary = await startServer({ ephemeral: true, durable: false })
  await ask(primary, 'create table notes (body text)')
  await using replica = await startServer({ ephemeral: true, durable: false, replicaOf: primary })
  await ask(primary, `insert into notes values ('one')`)
  const bodies = async () => (await ask(replica, 'select body from notes')).map(({ body }) => body as string)
  await expect.poll(bodies, { timeout: 20_000 }).toEqual(['one'])
  await expect(ask(replica, `insert into notes values ('here')`)).rejects.toThrow(/read-only transaction/)
  await ask(replica, 'select pg_wal_replay_pause()')
  await ask(primary, `insert into notes values ('two')`)
  expect(await bodies()).toEqual(['one'])
  await ask(replica, 'select pg_wal_replay_resume()')
  await expect.poll(bodies, { timeout: 20_000 }).toEqual(['one', 'two'])
})

test('only a server of this process can be followed', async () => {
  await using primary = await startServer({ ephemeral: true, durable: false })
  await expect(startServer({ ephemeral: true, replicaOf: { ...primary } })).rejects.toMatchObject({
    code: 'LOCAL_POSTGRES_FAILED',
  })
})
