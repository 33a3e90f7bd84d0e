import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
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

test('its worker draws a document and sends it, and ends when it is told to', { timeout: 60_000 }, async () => {
  await runBuilt([...creationOf('cli-mailing'), '--server', 'other'])
  const { id: accountId } = await callBuilt('accounts.create', { name: 'Byron Ltd.' })
  const lines = [{ name: 'Booth', unitPriceMinor: 12_345 }]
  const draft = await callBuilt('quotes.create', { accountId, currency: 'EUR', lines })
  const letter = { to: 'ada@example.com', idempotencyKey: randomUUID() }
  const { id } = await callBuilt('quotes.mail', { id: draft.id, version: draft.version, ...letter })

  const mailFolder = join(folder, 'mailbox')
  const env = { ...stage.env, MAIL_FOLDER: mailFolder, PATH: '/nowhere', NODE_ENV: 'production' as const }
  const worker = spawn(process.execPath, [file, 'worker', '--json'], { env, cwd: folder })
  const ended = Promise.all([once(worker, 'exit'), text(worker.stdout), text(worker.stderr)])
  await expect
    .poll(() => (existsSync(mailFolder) ? readdirSync(mailFolder) : []), { timeout: 40_000 })
    .toEqual([`${id}@crm.example.com.eml`])
  worker.kill('SIGTERM')
  const [[code], out] = await ended
  expect([code, JSON.parse(out)]).toEqual([0, { stopped: true }])
  // How every PDF begins, as mails write it.
  expect(readFileSync(join(mailFolder, `${id}@crm.example.com.eml`), 'utf8')).toContain('\nJVBERi0')
  await runBuilt(['tenant', 'delete', 'cli-mailing', '--confirm', 'cli-mailing'])
})

test('where nothing says how mail leaves its worker says that mails wait, and works', async () => {
  const env = { ...stage.env, PATH: '/nowhere', NODE_ENV: 'production' as const }
  const worker = spawn(process.execPath, [file, 'worker', '--json'], { env, cwd: folder })
  const ended = Promise.all([once(worker, 'exit'), text(worker.stdout)])
  let said = ''
  worker.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  await expect.poll(() => said, { timeout: 20_000 }).toContain('Starting the worker')
  worker.kill('SIGTERM')
  const [[code], out] = await ended
  expect([code, JSON.parse(out)]).toEqual([0, { stopped: true }])
  expect(said).toContain('mails wait for another worker')
})

test('a failure comes with the advice of its page', async () => {
  expect(await runBuilt(['tenant', 'check', 'nobody'])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"advice": "') as string,
  })
})

async function callBuilt(procedure: string, input: unknown): Promise<{ id: string; version: number }> {
  const { stdout } = (await runBuilt([
    'call',
    procedure,
    '--tenant',
    'cli-mailing',
    '--input',
    JSON.stringify(input),
  ])) as { stdout: string }
  return JSON.parse(stdout) as { id: string; version: number }
}
