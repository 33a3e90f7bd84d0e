import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { DemoFolder } from './demo-folder.ts'
import { startOwnServers, useServer } from './servers.ts'

const scratch = mkdtempSync(join(tmpdir(), 'demo-servers-test-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('the three servers come back on their ports, and move away from a port somebody else took', async () => {
  const folder = new DemoFolder(join(scratch, '.tenantry'))
  const first = await startOwnServers(folder, ignore)
  const ports = [first.app.port, first.north.port, first.south.port]
  expect(new Set(ports).size).toBe(3)
  await first.stop()

  const squatter = createServer().listen(first.south.port, '127.0.0.1')
  onTestFinished(() => void squatter.close())
  const second = await startOwnServers(folder, ignore)
  expect([second.app.port, second.north.port]).toEqual(ports.slice(0, 2))
  expect(second.south.port).not.toBe(first.south.port)
  expect(folder.ports.read()).toEqual({ app: second.app.port, north: second.north.port, south: second.south.port })
  await second.stop()
})

test('secrets are for their owner only, and a torn file counts as none', () => {
  const folder = new DemoFolder(join(scratch, 'secrets'))
  expect(folder.secrets.read()).toBeUndefined()
  folder.make()
  writeFileSync(join(folder.path, 'secrets.json'), '{"keys": "k1')
  expect(folder.secrets.read()).toBeUndefined()
  const secrets = { keys: 'k1:x', sessionSecret: 's', appPassword: 'p' }
  folder.secrets.write(secrets)
  expect(folder.secrets.read()).toEqual(secrets)
  expect(statSync(join(folder.path, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(statSync(folder.path).mode & 0o777).toBe(0o700)
})

test('a server of somebody else is used for everything, and needs a login', () => {
  const servers = useServer('postgres://me:secret@db.example:5433/postgres')
  expect(servers.app).toBe(servers.north)
  expect(servers.south).toMatchObject({ host: 'db.example', port: 5433, user: 'me', tls: 'verify-full' })
  expect(() => useServer('postgres://db.example/postgres')).toThrow(/superuser/)
})

function ignore(): void {
  // progress is shown elsewhere
}
