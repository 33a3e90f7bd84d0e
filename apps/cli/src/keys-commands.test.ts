import { urlOf } from '@tenantry/connections/target'
import { generateKey, parseKeyring } from '@tenantry/credentials/keyring'
import { open } from '@tenantry/credentials/seal'
import { lookInto } from '@tenantry/testing/look-into'
import { createWorld, type World } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { run, type ShellFacts } from './shell.fixture.ts'
import { checkoutRoot } from './shell.ts'

let world: World<'acme' | 'birch'>
let env: Record<string, string>
const folder = mkdtempSync(join(tmpdir(), 'keys-test-'))
const newKey = generateKey()
beforeAll(async () => {
  world = await createWorld(mainServer(), { acme: { server: mainServer() }, birch: { server: mainServer() } })
  const { host, port, user, password } = mainServer()
  const { appTarget: app } = world
  const admin = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}`
  const servers = { main: { url: `${admin}/postgres?sslmode=disable`, region: 'test' } }
  const application = `${admin}/${app.database}?sslmode=disable`
  write('servers.json', JSON.stringify({ application, servers }))
  write('keys', `# the newest first\nk2:${newKey}\n${world.keys}\n`)
  env = {
    APP_DATABASE_URL: urlOf(app),
    TENANTRY_KEYS_FILE: join(folder, 'keys'),
    TENANTRY_SERVERS_FILE: join(folder, 'servers.json'),
  }
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text, { mode: 0o600 })
}

async function tenantry(args: string[], facts: Omit<ShellFacts, 'env'> = {}) {
  const { code, out, err } = await run([...args, '--json'], { env, ...facts })
  return { code, err, said: (out === '' ? null : JSON.parse(out)) as Record<string, unknown> }
}

test('a rotation is planned, done, and done again without anything to do', async () => {
  expect((await tenantry(['keys', 'status'])).said).toMatchObject({
    keys: [
      { keyId: 'k2', role: 'seals', total: 0 },
      { keyId: 'k1', role: 'opens', total: 6 },
    ],
    removable: [],
  })
  expect(await tenantry(['keys', 'rotate', '--dry-run'])).toMatchObject({
    code: 0,
    said: { dryRun: true, resealed: 6, remaining: 6 },
  })
  const rotated = await tenantry(['keys', 'rotate'])
  expect(rotated).toMatchObject({ code: 0, said: { dryRun: false, resealed: 6, remaining: 0 } })
  expect(rotated.err).toMatch(/Run [0-9a-f-]{36}/)
  expect(await tenantry(['keys', 'rotate'])).toMatchObject({ code: 0, said: { resealed: 0, remaining: 0 } })
  expect((await tenantry(['keys', 'status'])).said).toMatchObject({ removable: ['k1'] })
})

test('every command of the runbook does what it says, in its order', async () => {
  const text = readFileSync(join(checkoutRoot, 'docs/runbooks/rotate-keys.md'), 'utf8')
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, language]) => language === '')
  const lines = blocks.flatMap(([, , block = '']) => block.trim().split('\n'))
  expect(lines).toHaveLength(9)
  expect(await run(['tenant', 'support-login', 'acme'], { env, root: checkoutRoot })).toMatchObject({ code: 0 })
  for (const line of lines) {
    const [pnpm, command, ...args] = line.split(/\s+/)
    expect([pnpm, command]).toEqual(['pnpm', 'tenantry'])
    // The minute is for requests of other processes, and here are none.
    const hurry = args[1] === 'rotate-password' ? ['--grace-seconds', '0'] : []
    const { code, err } = await run([...args, ...hurry], { env, root: checkoutRoot })
    expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, code: 0, err: '' })
  }
  const { url } = await world.app.dataSourceLogins.bySlug('acme')
  expect(url).toMatch(/_b@/)
})

test('values that do not open are named, and the exit code says that some failed', async () => {
  await lookInto(world.appAdmin, `update app.tenants set data_source_anon_key = 'torn' where slug = 'birch'`)
  expect(await tenantry(['keys', 'rotate'])).toMatchObject({
    code: 3,
    said: { remaining: 1, unopened: [{ slug: 'birch', column: 'data_source_anon_key', code: 'CREDENTIAL_FORMAT' }] },
  })
})

test('a password that was set by hand is sealed from standard input or the environment, and is never said', async () => {
  for (const facts of [{ stdin: 'set by hand\n' }, { env: { ...env, TENANTRY_SECRET: 'set by hand' } }]) {
    const { code, out, err } = await run(['credentials', 'seal', 'birch'], { env, ...facts })
    expect({ code, leaks: (out + err).includes('set by hand') }).toEqual({ code: 0, leaks: false })
    const [row] = await lookInto(
      world.appAdmin,
      `select id::text, data_source_anon_key as sealed from app.tenants where slug = 'birch'`,
    )
    const keyring = parseKeyring(`k2:${newKey}`)
    const opened = open(keyring, String(row?.['sealed']), {
      tenantId: String(row?.['id']),
      column: 'data_source_anon_key',
    })
    expect(opened.reveal()).toBe('set by hand')
  }
  expect((await run(['credentials', 'seal', 'birch', 'set-by-hand'], { env })).code).toBe(2)
  expect((await run(['credentials', 'seal', 'birch'], { env, types: ['seen by all'] })).code).toBe(4)
  expect((await run(['credentials', 'seal', 'birch'], { env })).code).toBe(4)
})

test('a change of a password is planned without a trace, and refused for a server nobody has named', async () => {
  const runs = () => world.app.runs.list({ kind: 'credentials.rotate-password' })
  const before = await runs()
  const plan = await tenantry(['credentials', 'rotate-password', 'acme', '--dry-run'])
  expect(plan).toMatchObject({ code: 0, said: { dryRun: true, slug: 'acme', login: 'serving' } })
  expect(await runs()).toEqual(before)
  write('none.json', JSON.stringify({ application: 'postgres://a:b@127.0.0.1:1/x', servers: {} }))
  const elsewhere = { ...env, TENANTRY_SERVERS_FILE: join(folder, 'none.json') }
  const refused = await run(['credentials', 'rotate-password', 'acme'], { env: elsewhere })
  expect([refused.code, refused.err.includes('CONFIGURATION_INVALID')]).toEqual([1, true])
})

test('a file of keys that others may read is refused, and so is one that is not there', () => {
  writeFileSync(join(folder, 'open'), `k1:${newKey}`, { mode: 0o644 })
  expect(() => readEnv({ TENANTRY_KEYS_FILE: join(folder, 'open') })).toThrow(/chmod 600/)
  expect(() => readEnv({ TENANTRY_KEYS_FILE: join(folder, 'missing') })).toThrow(/cannot be read/)
})
