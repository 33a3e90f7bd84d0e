import { createAppDatabase } from '@tenantry/testing/app-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCodeOf } from '../shell.ts'
import { shellFor } from '../shell.fixture.ts'
import { conductRun, type Conducted, type Conclusion } from './conduct-run.ts'

let database: Awaited<ReturnType<typeof createAppDatabase>>
let app: ReturnType<Awaited<ReturnType<typeof createAppDatabase>>['open']>
beforeAll(async () => {
  database = await createAppDatabase(mainServer())
  app = database.open()
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const what = { kind: 'test.conduct', input: {}, startedBy: 'ines' }
const statusOf = async () => (await app.runs.list({ kind: what.kind, limit: 1 }))[0]?.status

async function conduct<T>(work: (conducted: Conducted) => Promise<Conclusion<T>>) {
  const { shell, said } = shellFor({})
  const command = new Command('test')
  const outcome = conductRun({ shell, command, options: {} }, await app.runs.resumeOrStart(what), work)
  const result: unknown = await outcome.catch((error: unknown) => error)
  return { result, code: exitCodeOf(command), ...said() }
}

test.each([
  ['done', 0],
  ['partly_failed', 3],
  ['failed', 1],
] as const)('a run that ends as %s exits with %i and says its id', async (status, code) => {
  const ended = await conduct(async ({ run }) => ({ status, result: run.id }))
  expect(ended).toMatchObject({ code, err: expect.stringContaining(`Run ${String(ended.result)}`) as string })
  expect(await statusOf()).toBe(status)
})

test('Ctrl-C lets the unit at work finish, exits with 130, and the same command goes on with the rest', async () => {
  const work = async ({ run, stop }: Conducted): Promise<Conclusion<string[]>> => {
    const done: string[] = []
    for (const key of ['a', 'b', 'c']) {
      if (stop.aborted) return { status: 'interrupted', result: done }
      await run.unit(key, async () => {
        if (key === 'b' && !run.isResumed) process.emit('SIGINT')
        done.push(key)
        return {}
      })
    }
    return { status: 'done', result: done }
  }
  await app.runs.resumeOrStart(what).then((run) => run.finish('done'))
  const first = await conduct(work)
  expect(first).toMatchObject({ result: ['a', 'b'], code: 130, err: expect.stringContaining('Stopping') as string })
  expect(await statusOf()).toBe('interrupted')
  expect(await conduct(work)).toMatchObject({ result: ['c'], code: 0 })
  expect(process.listenerCount('SIGINT')).toBe(0)
})

test('a failure ends the run as failed and goes on to whoever called', async () => {
  expect(await conduct(() => Promise.reject(new Error('no')))).toMatchObject({ result: { message: 'no' } })
  expect(await statusOf()).toBe('failed')
})
