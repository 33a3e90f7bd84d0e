import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ask } from './ask.fixture.ts'
import { startServer } from './local-postgres.ts'

const scratch = mkdtempSync(join(tmpdir(), 'local-postgres-test-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('a server speaks PostgreSQL 18 in UTF-8 and UTC, on 127.0.0.1 only, and trusts nobody', async () => {
  await using server = await startServer({ ephemeral: true })
  const [settings] = await ask(
    server,
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding,
       current_setting('timezone') as zone, current_setting('listen_addresses') as addresses,
       current_setting('unix_socket_directories') as sockets,
       (select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256') as trusting`,
  )
  expect(settings).toEqual({
    major: 18,
    encoding: 'UTF8',
    zone: 'UTC',
    addresses: '127.0.0.1',
    sockets: '',
    trusting: 0,
  })
  await expect(ask({ ...server, password: 'guessed' }, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test('names sort as people expect, without a locale on the machine', async () => {
  await using server = await startServer({ ephemeral: true })
  const rows = await ask(
    server,
    `select name from unnest(array['Zoë', 'éclair', 'echo', 'Ärger', 'apple']) name order by 1`,
  )
  expect(rows.map((row) => row['name'])).toEqual(['apple', 'Ärger', 'echo', 'éclair', 'Zoë'])
})

test('a stopped ephemeral server leaves no folder and cannot be started again', async () => {
  const server = await startServer({ ephemeral: true })
  const [row] = await ask(server, `select current_setting('data_directory') as folder`)
  const folder = String(row?.['folder'])
  expect(existsSync(folder)).toBe(true)
  await server.stop()
  expect(existsSync(join(folder, '..'))).toBe(false)
  await expect(server.restart()).rejects.toThrow(/stopped for good/)
  await expect(ask(server, 'select 1')).rejects.toThrow(/ECONNREFUSED/)
})

test('a kept folder keeps rows, port and password, and only its owner reads the password', async () => {
  const folder = join(scratch, 'kept')
  const first = await startServer({ folder, durable: false })
  await ask(first, 'create table kept as select 42 as answer')
  await first.stop()
  await using second = await startServer({ folder, port: first.port, durable: false })
  expect(second).toMatchObject({ port: first.port, password: first.password })
  expect(await ask(second, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(statSync(join(folder, 'superuser-password')).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('progress names the slow steps: creating the cluster only where there is none', async () => {
  const folder = join(scratch, 'progress')
  const steps: string[] = []
  const onProgress = (step: string) => steps.push(step)
  await (await startServer({ folder, durable: false, onProgress })).stop()
  await (await startServer({ folder, durable: false, onProgress })).stop()
  expect(steps).toEqual(['Creating a PostgreSQL cluster', 'Starting PostgreSQL', 'Starting PostgreSQL'])
})

test.each([true, false])(
  'a killed server keeps what was committed and starts again on its port, durable: %s',
  async (durable) => {
    await using server = await startServer({ ephemeral: true, durable })
    await ask(server, 'create table committed as select 1 as one')
    await server.kill()
    await expect(ask(server, 'select 1')).rejects.toThrow(/ECONNREFUSED/)
    await server.restart()
    expect(await ask(server, 'select one from committed')).toEqual([{ one: 1 }])
  },
)

test('a frozen server accepts and answers nothing until it is thawed', async () => {
  await using server = await startServer({ ephemeral: true })
  server.freeze()
  let hasAnswered = false
  const answer = ask(server, 'select 1 as one').finally(() => (hasAnswered = true))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(hasAnswered).toBe(false)
  server.thaw()
  expect(await answer).toEqual([{ one: 1 }])
})

test('a frozen server can be stopped', async () => {
  const server = await startServer({ ephemeral: true })
  server.freeze()
  await server.stop()
  await expect(ask(server, 'select 1')).rejects.toThrow(/ECONNREFUSED/)
})

test('a port in use is refused with its number and what to do', async () => {
  const listener = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  onTestFinished(() => void listener.close())
  const { port } = listener.address() as { port: number }
  await expect(startServer({ ephemeral: true, port })).rejects.toMatchObject({
    code: 'LOCAL_POSTGRES_FAILED',
    message: `Port ${port} is already in use. Stop the program that listens there, or choose another port.`,
  })
})

test('a folder whose server runs is refused, and that server goes on', async () => {
  const folder = join(scratch, 'busy')
  await using server = await startServer({ folder, durable: false })
  await expect(startServer({ folder, durable: false })).rejects.toMatchObject({
    code: 'LOCAL_POSTGRES_FAILED',
    message: expect.stringContaining('already running') as string,
  })
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a folder of another PostgreSQL version is refused and left as it is', async () => {
  const folder = join(scratch, 'older')
  mkdirSync(join(folder, 'data'), { recursive: true })
  writeFileSync(join(folder, 'data', 'PG_VERSION'), '15\n')
  await expect(startServer({ folder })).rejects.toMatchObject({
    code: 'LOCAL_POSTGRES_FAILED',
    message: expect.stringContaining('another PostgreSQL version') as string,
  })
  expect(existsSync(join(folder, 'data', 'PG_VERSION'))).toBe(true)
})

test('a cluster half made by a killed process is made anew', async () => {
  const folder = join(scratch, 'half')
  mkdirSync(join(folder, 'data.new'), { recursive: true })
  writeFileSync(join(folder, 'data.new', 'PG_VERSION'), '18\n')
  await using server = await startServer({ folder, durable: false })
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(existsSync(join(folder, 'data.new'))).toBe(false)
})
