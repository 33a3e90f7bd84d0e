import { urlOf } from '@tenantry/connections/target'
import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { createWorld, type World } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from './shell.fixture.ts'
import { checkoutRoot } from './shell.ts'

const runbook = readFileSync(join(checkoutRoot, 'docs/runbooks/tenant-unreachable.md'), 'utf8')
/** What stands in its blocks of code, in order. */
const commands = [...runbook.matchAll(/^pnpm tenantry (.+)$/gm)].map(([, line]) => line?.split(' ') ?? [])

let server: LocalServer
let world: World<'acme' | 'bloom'>
beforeAll(async () => {
  server = await startServer({ ephemeral: true, durable: false })
  const { host, port, superuser: user, password } = server
  const home = { server: { host, port, user, password } }
  world = await createWorld(mainServer(), { acme: home, bloom: { server: mainServer() } })
})
afterAll(async () => {
  await world.close()
  await server.stop()
})

function follow(command: string[]) {
  return run(command, {
    env: { APP_DATABASE_URL: urlOf(world.appTarget), TENANTRY_KEYS: world.keys, LOG_LEVEL: 'silent' },
  })
}

test('the commands of the runbook find a server that is down, and find it well again', async () => {
  const [first, ...others] = commands
  if (first === undefined) throw new Error('the runbook has commands')
  await server.kill()
  const down = await follow(first)
  expect(down.code).toBe(1)
  expect(JSON.parse(down.out)).toMatchObject({
    success: false,
    code: 'TENANT_DATABASE_UNREACHABLE',
    steps: [{ step: 'config' }, { step: 'open' }, { step: 'connect', ok: false }],
  })
  // Somebody else's is not.
  expect(await follow(first.map((word) => (word === 'acme' ? 'bloom' : word)))).toMatchObject({ code: 0 })
  const last = others.pop() ?? []
  for (const command of others) {
    const { code, out } = await follow(command)
    expect({ command, code }).toEqual({ command, code: 0 })
    expect(out).toContain(`:${server.port}/`)
  }
  await server.restart()
  const well = await follow(last)
  expect({ code: well.code, said: JSON.parse(well.out) as unknown }).toMatchObject({ code: 0, said: { success: true } })
})

test('the commands of the runbook tell a server that hangs from one that is down', async () => {
  server.freeze()
  const { code, out } = await follow(commands[0] ?? [])
  server.thaw()
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ code: 'TENANT_DATABASE_TIMEOUT' })
})
