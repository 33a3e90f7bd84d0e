import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { buildProgram } from './run-cli.ts'
import { run } from './shell.fixture.ts'
import { checkoutRoot, openShell } from './shell.ts'

const scratch = mkdtempSync(join(tmpdir(), 'cli-test-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('an unknown option, verb or noun is a usage error and prints nothing on stdout', async () => {
  for (const args of [['tenant', 'list', '--jsn'], ['tenant', 'burn'], ['tennant', 'list'], ['doctor', 'extra'], []]) {
    const { code, out } = await run(args)
    expect({ args, code, out }).toEqual({ args, code: 2, out: '' })
  }
})

test('every command explains itself with examples and succeeds', async () => {
  const terminal = {
    out: nothing,
    err: nothing,
    ask: nobody,
    readInput: async () => '',
    inIsScreen: false,
    outIsScreen: false,
    errIsScreen: false,
    useColor: false,
  }
  const shell = openShell(terminal, readEnv({}), checkoutRoot)
  const verbs = buildProgram(shell).commands.flatMap((noun) =>
    noun.commands.length === 0 ? [[noun.name()]] : noun.commands.map((verb) => [noun.name(), verb.name()]),
  )
  expect(verbs).toContainEqual(['tenant', 'check'])
  for (const verb of verbs) {
    const { code, out } = await run([...verb, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/Examples:\n {2}pnpm /)
    expect(out).toContain('--json')
  }
})

test('a new key is a line for a person and JSON for a program', async () => {
  const forPerson = await run(['keys', 'generate', '--id', 'k7'], { isScreen: true })
  expect(forPerson.out).toMatch(/^k7:[A-Za-z0-9+/]{43}=\n$/)
  const { out } = await run(['keys', 'generate'])
  expect(JSON.parse(out)).toEqual({ key: expect.stringMatching(/^k1:/) as string })
})

test('stopping a demo that does not run is fine and says so', async () => {
  expect(await run(['demo', 'stop'], { root: scratch })).toMatchObject({ code: 0, out: '{\n  "stopped": false\n}\n' })
})

test('without a database and without a demo, a command says how to get one', async () => {
  const { code, out, err } = await run(['tenant', 'list'], { root: scratch })
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toContain('pnpm dev')
})

test('an invalid database URL is refused without repeating it', async () => {
  const env = { APP_DATABASE_URL: 'postgres://me:hunter2@db/crm?sslmode=prefer', TENANTRY_KEYS: 'k1:x' }
  const { code, err } = await run(['tenant', 'list'], { env, root: scratch })
  expect(code).toBe(1)
  expect(err).toContain('CONFIGURATION_INVALID')
  expect(err).not.toContain('hunter2')
})

test('an invalid environment names the variable', () => {
  expect(() => readEnv({ PORT: 'eighty' })).toThrow(/PORT/)
})

function nothing(): void {
  // what the command says does not matter here
}

function nobody(): Promise<undefined> {
  return Promise.resolve(undefined)
}
