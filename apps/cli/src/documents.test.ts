import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageOperator } from './operator.fixture.ts'
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

/** Every command of a document's shell blocks, as the shell would split it. */
function commandsOf(document: string): string[][] {
  const text = readFileSync(join(checkoutRoot, 'docs', document), 'utf8')
  const blocks = [...text.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'))
  return blocks.map((line) => [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''))
}

async function runDocument(document: string, before: (args: string[]) => Promise<void> = () => Promise.resolve()) {
  const commands = commandsOf(document)
  expect(commands.length).toBeGreaterThan(4)
  for (const [pnpm, tenantry, ...args] of commands) {
    expect([pnpm, tenantry]).toEqual(['pnpm', 'tenantry'])
    await before(args)
    const { code, err } = await stage.operate(args)
    expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' })
  }
}

test('the commands of the guide do what they say, one after the other', async () => {
  await runDocument('guides/environment.md')
})

test('the runbook brings a company back from a copy of its database', async () => {
  await runDocument('runbooks/restore-a-tenant.md', async (args) => {
    // What a tool for backups does, while nothing is under way.
    if (args.includes('adopt') && args.includes('--dry-run'))
      await stage.ask('main', 'create database acme_restored template acme')
  })
  const [tenant] = await stage.askApp(`select data_source_url as url, status from app.tenants where slug = 'acme'`)
  expect(tenant).toMatchObject({ url: expect.stringContaining('/acme_restored') as string, status: 'active' })
  const { data } = await stage.operate(['call', 'accounts.list', '--tenant', 'acme', '--input', '{}'])
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
