import { readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { curlsInBlocks } from './curl.fixture.ts'
import {
  commandsInBlocks,
  commandsInProse,
  documentsIn,
  jsonInProse,
  unknownOptions,
  type DocumentCommand,
} from './documents.fixture.ts'
import { openGuideServer } from './guide-server.fixture.ts'
import { stageOperator } from './operator.fixture.ts'
import { run, type ShellFacts } from './shell.fixture.ts'
import { checkoutRoot } from './shell.ts'

let stage: Awaited<ReturnType<typeof stageOperator>>
beforeAll(async () => {
  stage = await stageOperator()
})
afterAll(async () => {
  await stage.ask('other', 'drop database if exists small with (force)')
  rmSync('/tmp/tenantry-exports', { recursive: true, force: true })
  await stage.close()
})

async function runDocument(document: string, before: (args: string[]) => Promise<void> = () => Promise.resolve()) {
  const commands = commandsInBlocks(document)
  expect(commands.length).toBeGreaterThan(4)
  for (const { args } of commands) {
    await before(args)
    await succeed(args)
  }
}

async function succeed(args: string[], facts: ShellFacts = {}) {
  const { code, err } = await run(args, { env: stage.env, ...facts })
  expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' })
}

test('the commands of the guide do what they say, one after the other', async () => {
  await runDocument('docs/guides/environment.md')
})

const restApi = 'docs/guides/rest-api.md'
const importAFile = 'docs/guides/import-a-file.md'

test('the calls of the guides are answered: an address from a file, a key, and the columns of a file of rows', async () => {
  const inbound = 'docs/guides/inbound-messages.md'
  const [file = ''] = jsonInProse(inbound)
  const input = {
    entity: 'account',
    fileName: 'customers.csv',
    contentBase64: btoa('Name,City,Note,Email\nBooths,Bonn,,a@x.example\n'),
  }
  const uploaded = await stage.operate(['call', 'imports.upload', '--tenant', 'acme', '--input', JSON.stringify(input)])
  expect(uploaded).toMatchObject({ code: 0, err: '' })
  const { id } = uploaded.data as { id: string }
  const guides = [inbound, restApi, importAFile]
  for (const { args, from } of guides.flatMap(commandsInBlocks)) {
    const whole = args.map((arg) => arg.replace('"id":"…"', `"id":"${id}"`))
    await succeed(whole, from === undefined ? {} : { stdin: file })
  }
})

test('the calls that the guides make with curl are answered as they say', async () => {
  const call = async (path: string, input: object) => {
    const answer = await stage.operate(['call', path, '--tenant', 'acme', '--input', JSON.stringify(input)])
    expect(answer).toMatchObject({ code: 0, err: '' })
  }
  for (const [key, type] of Object.entries({ region: 'text', seats: 'number', motto: 'text' }))
    await call('customFields.create', { entity: 'account', key, label: key, type })
  const custom = { region: 'south', seats: 120, motto: 'All is fair' }
  await call('accounts.create', { name: 'Booth Brothers', email: 'hello@booth.example', status: 'active', custom })
  await call('accounts.create', { name: 'Booth Sisters', status: 'inactive', custom: { ...custom, seats: 80 } })
  const [makeKey] = commandsInBlocks(restApi)
  const { secret: key } = (await stage.operate(makeKey?.args ?? [])).data as { secret: string }

  // What stands on another address is not asked of the application's own.
  const calls = operators.flatMap(curlsInBlocks).filter(({ url }) => url.origin === stage.env.APP_ORIGIN)
  await using server = await openGuideServer(stage.env)
  const files = { 'customers.csv': 'name,email\nPhoto Kings,kings@booth.example\n' }
  const answers = []
  for (const one of calls) {
    const { status, text } = await server.send(one, { key, files })
    answers.push([one.document, one.url.pathname, status, text])
  }
  // By the search and the filters of either call it is this one and no other.
  const found = expect.stringMatching(/^\{"rows":\[\{"id":"[\w-]+","name":"Booth Brothers"(?!.*Sisters)/) as string
  expect(answers).toEqual([
    [importAFile, '/api/files/imports', 200, expect.stringContaining('"header":["name","email"]')],
    [restApi, '/api/v1/accounts', 200, found],
    [restApi, '/api/v1/accounts', 200, found],
    [
      restApi,
      '/api/files/exports/account.csv',
      200,
      'name,email\nBooth Brothers,hello@booth.example\nBooth Sisters,\n',
    ],
  ])
})

/** Documents with commands in blocks, and the test that reads them there and runs each. */
const runBy: Record<string, string> = {
  'README.md': 'tooling/proofs/src/tour/tour.test.ts',
  'docs/guides/environment.md': 'apps/cli/src/documents.test.ts',
  'docs/guides/inbound-messages.md': 'apps/cli/src/documents.test.ts',
  'docs/guides/import-a-file.md': 'apps/cli/src/documents.test.ts',
  'docs/guides/rest-api.md': 'apps/cli/src/documents.test.ts',
  'docs/guides/replicas.md': 'apps/cli/src/replicas.test.ts',
  'docs/runbooks/drift-found.md': 'apps/cli/src/fleet/fleet.test.ts',
  'docs/runbooks/fleet-migration-failed.md': 'apps/cli/src/fleet/fleet.test.ts',
  'docs/runbooks/move-a-company-in.md': 'apps/cli/src/move-a-company-in.test.ts',
  'docs/runbooks/restore-a-tenant.md': 'apps/cli/src/documents.test.ts',
  'docs/runbooks/rotate-keys.md': 'apps/cli/src/keys-commands.test.ts',
  'docs/runbooks/tenant-unreachable.md': 'apps/cli/src/tenant-unreachable.test.ts',
}

const operators = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  ...documentsIn('docs/guides'),
  ...documentsIn('docs/runbooks'),
]

/** What is added to a command that prose names without saying of whom, and that stands in no block. */
const spelledOut: Record<string, { args: string[]; facts?: ShellFacts }> = {
  'credentials seal': { args: ['credentials', 'seal', 'acme', '--dry-run'], facts: { stdin: 'set by hand' } },
  worker: { args: ['worker'], facts: { interruptAt: '- Starting the worker\n' } },
}

test('a document has commands in its blocks only when a test reads it and runs them', () => {
  const withCommands = operators.filter((document) => commandsInBlocks(document).length > 0)
  expect(withCommands.toSorted()).toEqual(Object.keys(runBy).toSorted())
  for (const [document, test] of Object.entries(runBy)) {
    expect(readFileSync(join(checkoutRoot, test), 'utf8')).toContain(basename(document))
  }
})

test('what prose tells to run is run too: as it stands, or as it stands in a block', async () => {
  const inBlocks = Object.keys(runBy).flatMap(commandsInBlocks)
  const lines = new Set(inBlocks.map(({ args }) => args.join(' ')))
  const paths = new Set(inBlocks.map(({ path }) => path))
  const named = operators.flatMap(commandsInProse)
  expect(named.length).toBeGreaterThan(20)
  const isRun = ({ args, path }: DocumentCommand) => {
    const line = args.join(' ')
    return lines.has(line) || (line === path && paths.has(path))
  }
  const others = new Map(named.filter((command) => !isRun(command)).map((command) => [command.args.join(' '), command]))
  for (const [line, { args }] of others) {
    const whole = spelledOut[line] ?? { args }
    await succeed(whole.args, whole.facts)
  }
  // What a block says by now needs no words here.
  expect([...others.keys()]).toEqual(expect.arrayContaining(Object.keys(spelledOut)))
})

test('whatever document names a command, the command line has it, with its options', () => {
  const everywhere = [...operators, ...documentsIn('docs/errors'), ...documentsIn('docs/decisions')]
  const commands = everywhere.flatMap((document) => [...commandsInBlocks(document), ...commandsInProse(document)])
  const wrong = commands.filter((command) => command.path === '' || unknownOptions(command)?.length !== 0)
  expect(wrong.filter(({ args }) => args.join(' ') !== '--help')).toEqual([])
})

test('the runbook brings a company back from a copy of its database', async () => {
  await runDocument('docs/runbooks/restore-a-tenant.md', async (args) => {
    // What a tool for backups does, while nothing is under way.
    if (args.includes('adopt') && args.includes('--dry-run'))
      await stage.ask('main', 'create database acme_restored template acme')
  })
  const [tenant] = await stage.askApp(`select data_source_url as url, status from app.tenants where slug = 'acme'`)
  expect(tenant).toMatchObject({ url: expect.stringContaining('/acme_restored') as string, status: 'active' })
  const search = JSON.stringify({ search: 'Spreeblick' })
  const { data } = await stage.operate(['call', 'accounts.list', '--tenant', 'acme', '--input', search])
  expect(data).toMatchObject({ rows: [{ name: 'Spreeblick' }] })
})

test('a company that lives in a restored database is removed with the one it left, or not at all', async () => {
  const remove = () =>
    stage.operate(['tenant', 'delete', 'acme', '--confirm', 'acme', '--export-to', join(stage.folder, 'acme')])
  const left = async () =>
    await stage.ask(
      'main',
      `select datname as name from pg_database where datname like 'acme%' union all select rolname from pg_roles where rolname = any($1) order by 1`,
      [roles],
    )
  const [{ roles } = { roles: [] }] = await stage.ask(
    'main',
    `select array_agg(distinct rolname::text) as roles from pg_shdepend s join pg_roles r on r.oid = s.refobjid
     join pg_database d on d.oid = s.dbid where d.datname in ('acme', 'acme_restored') and rolname <> 'postgres' and rolname !~ '^pg_'`,
  )
  const before = await left()
  expect(before.length).toBeGreaterThan(5)
  // A copy that nobody has told of: its rights would keep the logins when all else is gone.
  await stage.ask('main', 'create database by_hand template acme_restored')
  const refused = await remove()
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('by_hand') as string })
  expect(await left()).toEqual(before)
  await stage.ask('main', 'drop database by_hand with (force)')
  expect(await remove()).toMatchObject({ code: 0, data: { slug: 'acme', unreached: [] } })
  expect(await left()).toEqual([])
})
