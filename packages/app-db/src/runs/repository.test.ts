import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAppDb } from '../database.fixture.ts'
import { openAppDb } from '../open.ts'
import { runAndBeKilled } from './killed.fixture.ts'
import { UnitSequence } from './unit-sequence.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

let count = 0
/** A run nobody else has heard of. */
const something = () => ({ kind: 'test.run', subject: `s${++count}`, input: { size: 3 }, startedBy: 'ines' })
const asAdmin = (text: string, parameters: unknown[] = []) =>
  withAdminConnection(stage.admin, (run) => run(text, parameters))
/** As if its process, on a machine we cannot look at, had not been heard of for so long. */
const silentFor = (id: string, seconds: number) =>
  asAdmin(
    `update app.runs set holder = 'elsewhere/1/-', heartbeat_at = now() - make_interval(secs => $2) where id = $1`,
    [id, seconds],
  )

test('a run is listed with its units while it goes on and when it is done', async () => {
  const what = something()
  const run = await stage.runs.start(what)
  await run.plan(['a', 'b', 'c'])
  await run.unit('a', async () => ({ rows: 7 }))
  await expect(run.unit('b', () => Promise.reject(new Error('secret sauce')))).rejects.toThrow('secret sauce')
  const listed = () => stage.runs.list({ kind: what.kind, subject: what.subject })
  expect(await listed()).toMatchObject([
    {
      status: 'running',
      isStale: false,
      startedBy: 'ines',
      units: { done: 1, failed: 1, planned: 1 },
      finishedAt: null,
    },
  ])
  expect(await stage.runs.unitsOf(run.id)).toMatchObject([
    { key: 'a', status: 'done', attempts: 1, detail: { rows: 7 } },
    {
      key: 'b',
      status: 'failed',
      errorCode: 'INTERNAL',
      errorDetail: { message: 'Something went wrong on our side.' },
    },
    { key: 'c', status: 'planned', attempts: 0, startedAt: null },
  ])
  await run.finish('partly_failed')
  expect(await listed()).toMatchObject([{ status: 'partly_failed', finishedAt: expect.any(String) as string }])
})

test('a killed process leaves a run that goes on where it stopped, and what was done is not done again', async () => {
  await runAndBeKilled(stage.target, 'killed')
  const [left] = await stage.runs.list({ kind: 'test.killed' })
  expect(left).toMatchObject({ status: 'running', units: { done: 1, running: 1 } })
  const run = await stage.runs.resume({ kind: 'test.killed', subject: 'killed' })
  if (run === undefined) throw new Error('nothing to resume')
  expect(run).toMatchObject({ id: left?.id, input: { size: 3 }, attempts: 2, isResumed: true })
  const again = () => Promise.reject(new Error('done again'))
  expect(await run.unit('first', again)).toEqual({ made: 'once' })
  expect(await run.unit('second', async ({ attempts }) => ({ attempts }))).toEqual({ attempts: 2 })
  await run.finish('done')
  expect(await stage.runs.resume({ kind: 'test.killed', subject: 'killed' })).toBeUndefined()
})

test('a run that lives is neither begun again nor taken over', async () => {
  const what = something()
  const run = await stage.runs.start(what)
  await silentFor(run.id, 14)
  const refused = {
    code: 'RUN_IN_PROGRESS',
    message: expect.stringContaining('ines, process 1 on elsewhere') as string,
  }
  await expect(stage.runs.start(what)).rejects.toMatchObject(refused)
  await expect(stage.runs.resume(what)).rejects.toMatchObject(refused)
  await run.unit('still mine', async () => ({}))
  await run.finish('done')
})

test('whoever was silent for too long has lost the run, and finds out before the next write', async () => {
  const what = something()
  const slow = await stage.runs.start(what)
  await slow.begin('step')
  await silentFor(slow.id, 16)
  expect(await stage.runs.list(what)).toMatchObject([{ isStale: true }])
  const taken = await stage.runs.resume(what)
  expect(taken?.attempts).toBe(2)
  const lost = { code: 'RUN_TAKEN_OVER' }
  await expect(slow.done('step')).rejects.toMatchObject(lost)
  expect(slow.signal.aborted).toBe(true)
  await expect(slow.unit('more', async () => ({}))).rejects.toMatchObject(lost)
  await expect(slow.finish('failed')).rejects.toMatchObject(lost)
  await taken?.finish('done')
  expect(await stage.runs.list(what)).toMatchObject([{ status: 'done' }])
})

test('of units in sequence each is noted down before the next one does anything, and the last one at the end', async () => {
  const what = something()
  const run = await stage.runs.start(what)
  const units = new UnitSequence(run)
  const noted = async () => Object.fromEntries((await run.units()).map(({ key, status }) => [key, status]))
  expect(await units.unit('first', async () => ({ made: 'once' }))).toEqual({ made: 'once' })
  // A process that dies here does it again.
  expect(await noted()).toEqual({ first: 'running' })
  units.concerns(stage.tenantId)
  expect(await units.unit('second', noted)).toEqual({ first: 'done', second: 'running' })
  await expect(units.unit('third', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await noted()).toEqual({ first: 'done', second: 'done', third: 'failed' })
  expect(await stage.runs.list(what)).toMatchObject([{ tenantId: stage.tenantId }])
  const again = new UnitSequence(run)
  expect(await again.unit('first', noted)).toEqual({ made: 'once' })
  await again.unit('third', noted)
  await again.end()
  expect(await noted()).toEqual({ first: 'done', second: 'done', third: 'done' })
  await run.finish('done')
})

test('whoever is asked to stop begins no unit more, and has noted down what was done', async () => {
  const run = await stage.runs.start(something())
  const asked = new AbortController()
  run.heed(asked.signal)
  const units = new UnitSequence(run)
  await units.unit('first', async () => {
    asked.abort()
    return {}
  })
  const stopped = { code: 'RUN_INTERRUPTED' }
  await expect(units.unit('second', async () => ({}))).rejects.toMatchObject(stopped)
  await expect(run.unit('third', async () => ({}))).rejects.toMatchObject(stopped)
  expect(await run.units()).toMatchObject([{ key: 'first', status: 'done' }])
  await run.finish('interrupted')
})

test('a sequence that has lost its run notes down neither what it did nor what comes next', async () => {
  const what = something()
  const slow = await stage.runs.start(what)
  const units = new UnitSequence(slow)
  await units.unit('first', async () => ({}))
  await silentFor(slow.id, 16)
  const taken = await stage.runs.resume(what)
  units.concerns(stage.tenantId)
  await expect(units.unit('second', async () => ({}))).rejects.toMatchObject({ code: 'RUN_TAKEN_OVER' })
  expect(await taken?.units()).toMatchObject([{ key: 'first', status: 'running' }])
  expect(await stage.runs.list(what)).toMatchObject([{ tenantId: null }])
  await taken?.finish('done')
})

test('of twenty operators who take up a dead run at once, or begin a new one, one gets it', async () => {
  const pools = Array.from({ length: 4 }, () => openAppDb({ target: stage.target }))
  const attempt = async (work: (app: (typeof pools)[number]) => Promise<unknown>) => {
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => work(pools[n % 4] as (typeof pools)[number])),
    )
    const refused = all.filter((one) => one.status === 'rejected').map((one) => one.reason as { code: string })
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['RUN_IN_PROGRESS']))
    return all.length - refused.length
  }
  const fresh = something()
  expect(await attempt((app) => app.runs.start(fresh))).toBe(1)
  const dead = something()
  await silentFor((await stage.runs.start(dead)).id, 60)
  expect(await attempt((app) => app.runs.resume(dead))).toBe(1)
  await Promise.all(pools.map((app) => app.close()))
})

test('a run disposed of before its end is interrupted, and may be resumed or begun anew', async () => {
  const what = something()
  const first = await interrupted(what)
  const again = await stage.runs.resumeOrStart(what)
  expect(again).toMatchObject({ id: first, attempts: 2 })
  await again.finish('done')
  expect((await stage.runs.resumeOrStart(what)).id).not.toBe(first)
})

async function interrupted(what: ReturnType<typeof something>): Promise<string> {
  await using run = await stage.runs.start(what)
  return run.id
}

test.each([
  [{ password: 'x' }, 'password'],
  [{ target: { appToken: 'x' } }, 'target.appToken'],
  [{ steps: ['postgres://me:hunter2@db/crm'] }, 'steps.0'],
  [{ data_source_anon_key: 'x' }, 'data_source_anon_key'],
])('a secret does not get into the journal: %o', async (input, field) => {
  const refused = { code: 'INTERNAL', detail: { field } }
  await expect(stage.runs.start({ ...something(), input })).rejects.toMatchObject(refused)
  await using run = await stage.runs.start(something())
  await expect(run.unit('step', async () => input)).rejects.toMatchObject({ code: 'INTERNAL' })
  const units = new UnitSequence(run)
  await units.unit('first', async () => input)
  await expect(units.unit('second', async () => ({}))).rejects.toMatchObject({ code: 'INTERNAL' })
  const [row] = await asAdmin(
    `select count(*)::int as n from app.run_units where run_id = $1 and (detail::text || coalesce(error_detail::text, '')) ~ 'hunter2|"x"'`,
    [run.id],
  )
  expect(row).toEqual({ n: 0 })
})

test("the application's login can neither remove a run nor make two alive at once", async () => {
  const as = (text: string) => withAdminConnection(stage.target, (run) => run(text))
  await expect(as('delete from app.runs')).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
  await expect(as('delete from app.run_units')).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
  const what = something()
  const run = await stage.runs.start(what)
  const copy = `insert into app.runs (id, kind, subject, input, started_by, claim, holder)
    select gen_random_uuid(), kind, subject, input, started_by, claim, holder from app.runs where id = '${run.id}'`
  await expect(as(copy)).rejects.toMatchObject({ detail: { sqlstate: '23505' } })
})
