import { nextMigrations } from '@tenantry/testing/next-migrations'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../shell.fixture.ts'
import { openCliFleet, type CliFleet } from './fleet.fixture.ts'

const slugs = ['acme', 'bloom', 'cedar'] as const

let fleet: CliFleet
beforeAll(async () => {
  fleet = await openCliFleet()
})
afterAll(() => fleet[Symbol.asyncDispose]())

/** Long enough to be met in the middle of it. */
const filesOf = (tags: readonly string[]) =>
  Object.fromEntries(
    tags.map((tag) => [
      tag,
      `create table if not exists crm.marks (tag text); insert into crm.marks values ('${tag}'); select pg_sleep(1)`,
    ]),
  )

test.each([
  { signal: 'SIGINT', files: ['9000_interrupted'], code: 130, status: 'interrupted' },
  { signal: 'SIGKILL', files: ['9000_interrupted', '9001_killed'], code: null, status: 'running' },
] as const)(
  'a campaign that ended by $signal goes on with the same command, and everything has happened once',
  { timeout: 120_000 },
  async ({ signal, files, code, status }) => {
    await using next = await nextMigrations(filesOf(files))
    const args = ['fleet', 'migrate', '--folder', next.path, '--at-once', '1', '--json', '--quiet']
    const ended = await runAndSend(args, signal)
    expect(ended.code).toBe(code)
    const [left] = await campaigns()
    expect(left).toMatchObject({ status })
    // Whoever is interrupted ends what is under way; whoever is killed leaves it.
    expect(left?.units).toMatchObject(signal === 'SIGINT' ? { done: 1 } : { running: 1 })
    const again = await run(args, { env: fleet.env })
    expect(again).toMatchObject({ code: 0 })
    expect(JSON.parse(again.out)).toMatchObject({ migrated: slugs.length, failed: 0, notTried: 0 })
    expect((await campaigns())[0]).toMatchObject({ id: left?.id, status: 'done', units: { done: slugs.length } })
    for (const slug of slugs) {
      expect(await fleet.ask(slug, 'select tag from crm.marks order by tag')).toEqual(files.map((tag) => ({ tag })))
    }
  },
)

const campaigns = () => fleet.world.app.runs.list({ kind: 'fleet.migrate' })

/** The command in a process of its own, which is sent the signal while the first database is being migrated. */
async function runAndSend(args: string[], signal: 'SIGINT' | 'SIGKILL') {
  const known = new Set((await campaigns()).map(({ id }) => id))
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { ...process.env, ...fleet.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = once(child, 'exit') as Promise<[number | null, string | null]>
  const said = text(child.stderr)
  child.stdout.resume()
  const isAtWork = async () => (await campaigns()).some(({ id, units }) => !known.has(id) && units.running === 1)
  await expect.poll(isAtWork, { timeout: 60_000, interval: 50 }).toBe(true)
  child.kill(signal)
  const [code] = await end
  return { code, said: await said }
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
