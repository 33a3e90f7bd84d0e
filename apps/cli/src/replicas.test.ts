import { urlOf } from '@tenantry/connections/target'
import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { lookInto } from '@tenantry/testing/look-into'
import { createWorld, type World } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run, type ShellFacts } from './shell.fixture.ts'
import { checkoutRoot } from './shell.ts'

let primary: LocalServer
let standby: LocalServer
let world: World<'acme'>
const folder = mkdtempSync(join(tmpdir(), 'replicas-test-'))
beforeAll(async () => {
  primary = await startServer({ ephemeral: true, durable: false })
  standby = await startServer({ ephemeral: true, durable: false, replicaOf: primary })
  const { host, port, superuser: user, password } = primary
  world = await createWorld(mainServer(), { acme: { server: { host, port, user, password } } })
  await caughtUp()
})
afterAll(async () => {
  await world.close()
  await standby.stop()
  await primary.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Until the standby has the tenant's database. */
async function caughtUp(): Promise<void> {
  const { admin } = world.tenants.acme
  const [now] = await lookInto(admin, 'select pg_current_wal_insert_lsn()::text as lsn')
  const shown = `select (pg_last_wal_replay_lsn() >= '${String(now?.['lsn'])}'::pg_lsn)::text as shown`
  const at = { ...admin, database: 'postgres', port: standby.port }
  while ((await lookInto(at, shown))[0]?.['shown'] !== 'true') await sleep(20)
}

const standbyUrl = (port: number) => `postgres://127.0.0.1:${port}/${world.tenants.acme.admin.database}?sslmode=disable`

async function operate(args: string[], facts: Omit<ShellFacts, 'env'> = {}) {
  const env = { APP_DATABASE_URL: urlOf(world.appTarget), TENANTRY_KEYS: world.keys, LOG_LEVEL: 'silent' }
  const result = await run(args, { env, ...facts })
  return { ...result, data: result.out === '' ? undefined : (JSON.parse(result.out) as unknown) }
}

/** Those of the guide, with the standby that there is here in place of its. */
function commandsOfGuide(): string[][] {
  const text = readFileSync(join(checkoutRoot, 'docs/guides/replicas.md'), 'utf8')
  const file = join(folder, 'standby.txt')
  writeFileSync(file, `${standbyUrl(standby.port)}\n`)
  return [...text.matchAll(/^pnpm tenantry (.+)$/gm)].map(([, line = '']) =>
    line.replace('standby.txt', file).replace('standby.example.com:5432', `127.0.0.1:${standby.port}`).split(' '),
  )
}

test('the commands of the guide add a standby that is fit for reads, show it, and remove it', async () => {
  const [dryRun, add, list, check, remove, ...none] = commandsOfGuide()
  expect(none).toEqual([])
  expect(await operate(dryRun ?? [])).toMatchObject({ code: 0, data: { dryRun: true, replica: null } })
  expect(await operate(['replica', 'list'])).toMatchObject({ data: [] })
  const address = `127.0.0.1:${standby.port}`
  expect(await operate(add ?? [])).toMatchObject({
    code: 0,
    data: { slug: 'acme', region: 'us', replica: { address, state: 'healthy' } },
  })
  expect(await operate(list ?? [])).toMatchObject({
    code: 0,
    data: [{ slug: 'acme', address, region: 'us', state: 'healthy' }],
  })
  expect(await operate(check ?? [])).toMatchObject({ code: 0, data: [{ state: 'healthy' }] })
  expect((await operate(add ?? [])).code).toBe(1)
  expect(await operate(remove ?? [])).toMatchObject({ code: 0, data: { address } })
  expect(await operate(['replica', 'list'])).toMatchObject({ data: [] })
  expect((await operate(remove ?? [])).code).toBe(1)
})

test('a standby that is away, or is none, is kept with exit code 3, and it is said what is wrong with it', async () => {
  for (const [port, state] of [
    [1, 'unreachable'],
    [primary.port, 'refused'],
  ] as const) {
    const added = await operate(['replica', 'add', 'acme', '--region', 'us'], { stdin: `${standbyUrl(port)}\n` })
    expect(added).toMatchObject({ code: 3, data: { replica: { address: `127.0.0.1:${port}`, state } } })
    expect(await operate(['tenant', 'check', 'acme'])).toMatchObject({ data: [{ ok: true, state: 'degraded' }] })
    expect((await operate(['replica', 'remove', 'acme', `127.0.0.1:${port}`])).code).toBe(0)
  }
})

test('an address with a password is refused and not repeated, and so is none', async () => {
  const facts = { stdin: 'postgres://reader:s3cret@127.0.0.1:5432/acme\n' }
  const { code, out, err } = await operate(['replica', 'add', 'acme', '--region', 'us'], facts)
  expect(code).toBe(1)
  expect(out + err).not.toContain('s3cret')
  expect(err).toContain('without role and password')
  expect((await operate(['replica', 'add', 'acme', '--region', 'us'])).code).toBe(4)
  expect((await operate(['replica', 'add', 'acme', '--region', 'us'], { types: [] })).code).toBe(4)
  expect(await operate(['replica', 'list'])).toMatchObject({ data: [] })
})
