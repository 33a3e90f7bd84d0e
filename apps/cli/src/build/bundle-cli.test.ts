import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { creationOf, stageOperator } from '../operator.fixture.ts'
import { bundleCli } from './bundle-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'built-cli-'))
let stage: Awaited<ReturnType<typeof stageOperator>>
let file: string
beforeAll(async () => {
  stage = await stageOperator()
  // Outside of the checkout: nothing of it can be found by accident.
  file = await bundleCli(join(folder, 'dist'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await stage.close()
})

/** With an environment of its own, in another folder, without tsx. */
async function runBuilt(args: string[]) {
  const options = { env: { ...stage.env, PATH: '/nowhere', NODE_ENV: 'production' as const }, cwd: folder }
  return promisify(execFile)(process.execPath, [file, ...args], options).catch((error: unknown) => error as never)
}

test('the built command line explains itself', async () => {
  const { stdout } = (await runBuilt(['--help'])) as { stdout: string }
  expect(stdout).toContain('Usage: tenantry')
})

test('it makes a tenant, finds its migrations, and removes it', async () => {
  const created = await runBuilt([...creationOf('cli-built'), '--server', 'other'])
  expect(created).toMatchObject({ stdout: expect.stringContaining('"slug": "cli-built"') as string })
  const checked = (await runBuilt(['tenant', 'check', 'cli-built'])) as { stdout: string }
  expect(JSON.parse(checked.stdout)).toMatchObject([{ ok: true }])
  const removed = await runBuilt(['tenant', 'delete', 'cli-built', '--confirm', 'cli-built'])
  expect(removed).toMatchObject({ stdout: expect.stringContaining('"exported"') as string })
})

test('a failure comes with the advice of its page', async () => {
  expect(await runBuilt(['tenant', 'check', 'nobody'])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"advice": "') as string,
  })
})
