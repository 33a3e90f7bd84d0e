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
  for (const slug of ['acme', 'bloom'])
    await stage.operate(['tenant', 'delete', slug, '--confirm', slug, '--export-to', join(stage.folder, slug)])
  await stage.ask('main', 'drop database if exists acme with (force)')
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
