import { migrationTags, newestVersion, oldestServed } from '@tenantry/testing/set-back'
import type { SchemaComparison } from '@tenantry/contracts/fleet'
import type { DriftReport } from '@tenantry/fleet/drift'
import { lookInto } from '@tenantry/testing/look-into'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../shell.fixture.ts'
import { openCliFleet, type CliFleet } from './fleet.fixture.ts'
import { commandsOf } from './runbook.fixture.ts'

let fleet: CliFleet
beforeAll(async () => {
  fleet = await openCliFleet()
})
afterAll(() => fleet[Symbol.asyncDispose]())

const json = async (...args: string[]) => {
  const { code, out, err } = await run([...args, '--quiet'], { env: fleet.env })
  return { code, err, data: out === '' ? undefined : (JSON.parse(out) as unknown) }
}
const person = (...args: string[]) => run([...args, '--quiet'], { env: fleet.env, isScreen: true })
const firstPending = migrationTags[migrationTags.indexOf(oldestServed) + 1] ?? ''

/** What somebody made by hand, and the next migration makes as well. */
const inTheWay = `create table crm.transfer_marks (made text default 'hunter2')`

test('the commands of «A fleet migration failed» do what it says', { timeout: 180_000 }, async () => {
  await fleet.setBack('acme', oldestServed)
  await fleet.ask('acme', inTheWay)
  const meanwhile: Record<string, () => Promise<unknown>> = {
    'pnpm tenantry fleet migrate --tenant acme': () => fleet.ask('acme', 'drop table crm.transfer_marks'),
  }
  for (const { line, args, exitCode } of commandsOf('fleet-migration-failed.md')) {
    await meanwhile[line]?.()
    const { code, out, err } = await run(args, { env: fleet.env, isScreen: true })
    expect({ line, code, out, err }).toMatchObject({ line, code: exitCode })
    expect(out + err).not.toContain('hunter2')
  }
  expect(await json('fleet', 'status')).toMatchObject({ code: 0, data: [{}, {}, {}] })
})

test('a failed migration is reported with before and after, statement, cause and the command to try again', async () => {
  await fleet.setBack('bloom', oldestServed)
  await fleet.ask('bloom', inTheWay)
  const { code, data } = await json('fleet', 'migrate')
  expect(code).toBe(3)
  expect(data).toMatchObject({
    target: newestVersion,
    failed: 1,
    upToDate: 2,
    haltedIn: null,
    causes: [
      {
        tenants: ['bloom'],
        retry: 'pnpm tenantry fleet migrate --tenant bloom',
        failure: { code: 'MIGRATION_FAILED', migration: firstPending, sqlstate: '42P07' },
      },
    ],
  })
  const { out } = await person('fleet', 'status')
  expect(out).toMatch(/failed/)
  expect(out).toContain(`${firstPending}, statement 1 of`)
  expect((await person('fleet', 'migrate')).out).toContain('Then: pnpm tenantry fleet migrate --tenant bloom')
  await fleet.ask('bloom', 'drop table crm.transfer_marks')
  expect(await json('fleet', 'migrate', '--tenant', 'bloom')).toMatchObject({
    code: 0,
    data: { migrated: 1, units: [{ tenants: ['bloom'], result: { before: oldestServed, after: newestVersion } }] },
  })
})

test('a dry run changes nothing, and a slug that nobody has is refused before anything is begun', async () => {
  await fleet.setBack('bloom', oldestServed)
  expect(await json('fleet', 'migrate', '--dry-run')).toMatchObject({
    code: 0,
    data: [{ state: 'up to date' }, { state: 'behind', version: oldestServed }, { state: 'up to date' }],
  })
  expect(await json('fleet', 'migrate', '--tenant', 'nobody')).toMatchObject({ code: 1, data: undefined })
  expect(await json('fleet', 'migrate', '--canary', 'nobody')).toMatchObject({ code: 1, data: undefined })
  expect(await json('fleet', 'status')).toMatchObject({ code: 3 })
  expect(await json('fleet', 'migrate', '--canary', 'bloom')).toMatchObject({
    code: 0,
    data: { migrated: 1, units: [{ wave: 'canary' }, { wave: 'all' }, { wave: 'all' }] },
  })
})

test('a company that was archived when the others were migrated is let in again with a word about it', async () => {
  await fleet.setBack('bloom', oldestServed)
  expect(await json('tenant', 'archive', 'bloom', '--yes')).toMatchObject({ code: 0 })
  expect(await json('fleet', 'migrate', '--tenant', 'bloom')).toMatchObject({ code: 1 })
  const command = 'pnpm tenantry fleet migrate --tenant bloom'
  const resumed = await json('tenant', 'resume', 'bloom')
  expect(resumed).toMatchObject({ code: 0, data: { state: 'active', lag: { version: oldestServed, command } } })
  expect((await person('tenant', 'resume', 'bloom')).out).toContain(`until you run: ${command}`)
  expect((await run(command.split(' ').slice(2), { env: fleet.env })).code).toBe(0)
  expect(await json('tenant', 'resume', 'bloom')).toMatchObject({ code: 0, data: { lag: null } })
})

test('the commands of «Drift was found» do what it says', { timeout: 180_000 }, async () => {
  await fleet.ask(
    'acme',
    `drop index crm.accounts_by_name; alter table crm.accounts add column shoe_size int default 4711`,
  )
  await fleet.ask('cedar', `drop index crm.accounts_by_name`)
  const said: string[] = []
  for (const { line, args, exitCode } of commandsOf('drift-found.md')) {
    // What is left is rows, and the first repair says so.
    const code = line === 'pnpm tenantry fleet repair acme --confirm acme' ? 3 : exitCode
    const outcome = await run(args, { env: fleet.env, isScreen: true })
    said.push(outcome.out)
    expect({ line, ...outcome }).toMatchObject({ line, code })
    expect(outcome.out).not.toContain('4711')
  }
  expect(said[0]).toMatch(/1 as migrated/)
  expect(said[0]).toContain('lacks the index accounts_by_name')
  expect(said[0]).toContain('has a hand-made column accounts.shoe_size')
  expect(said[1]).toContain('would be taken')
  expect(said[2]).toContain('still: has a hand-made column accounts.shoe_size')
  expect(await json('fleet', 'diff')).toMatchObject({
    code: 3,
    data: { groups: [{ tenants: ['acme', 'bloom'] }, { tenants: ['cedar'] }] },
  })
})

/** As `fleet status` shows what was last compared, by the first tenant of each database. */
async function comparisons(): Promise<Record<string, SchemaComparison | null>> {
  const { data } = await json('fleet', 'status')
  const databases = data as { tenants: string[]; comparison: SchemaComparison | null }[]
  return Object.fromEntries(databases.map(({ tenants: [first = ''], comparison }) => [first, comparison]))
}

test('two databases that lack the same are of one group, and one that is as migrated of none', async () => {
  // Cedar lacks it already.
  await fleet.ask('acme', 'drop index crm.accounts_by_name')
  const { data } = await json('fleet', 'diff')
  const { groups } = data as DriftReport
  const kept = await comparisons()
  expect(groups.map(({ id, tenants }) => ({ id, tenants }))).toEqual([
    { id: kept['acme']?.driftGroup, tenants: ['acme', 'cedar'] },
    { id: null, tenants: ['bloom'] },
  ])
  expect(kept['cedar']?.driftGroup).toBe(kept['acme']?.driftGroup)
  expect((await json('fleet', 'repair', 'acme', '--confirm', 'acme')).code).toBe(0)
})

test('a repair without its slug typed is refused and changes nothing', async () => {
  const attempts = [[], ['--yes'], ['--confirm', 'acme'], ['--no-input']]
  for (const more of attempts) expect(await json('fleet', 'repair', 'cedar', ...more)).toMatchObject({ code: 4 })
  expect(await json('fleet', 'diff', '--tenant', 'cedar')).toMatchObject({ code: 1 })
  const lacking = { driftGroup: /^[0-9a-f]{8}$/, differences: ['lacks the index accounts_by_name'] }
  expect(await comparisons()).toMatchObject({ cedar: { differences: lacking.differences }, acme: { driftGroup: null } })
  expect((await comparisons())['cedar']?.driftGroup).toMatch(lacking.driftGroup)
  const typed = await run(['fleet', 'repair', 'cedar', '--quiet'], { env: fleet.env, types: ['cedar'] })
  expect(typed).toMatchObject({ code: 0 })
  const { world } = fleet
  const [repair] = await world.app.runs.list({ kind: 'fleet.repair' })
  const { id: tenantId } = world.tenants.cedar
  expect(repair).toMatchObject({ status: 'done', tenantId, input: { dropRows: false }, units: { done: 1 } })
  const [unit] = await world.app.runs.unitsOf(repair?.id ?? fail())
  expect(unit?.detail).toMatchObject({
    steps: [{ sql: expect.stringContaining('accounts_by_name') as string }],
    left: [],
  })
  expect(
    await lookInto(
      world.appAdmin,
      `select subject, detail from app.audit_log where action = 'tenant.repair_begun' and tenant_id = $1`,
      [tenantId],
    ),
  ).toEqual([{ subject: 'cedar', detail: { dropRows: false, run: repair?.id } }])
  expect(await comparisons()).toMatchObject({ cedar: { driftGroup: null, differences: [] } })
  const whole = await run(['fleet', 'diff'], { env: fleet.env })
  expect(whole).toMatchObject({ code: 0, err: expect.stringMatching(/^ *\d+ of \d+\b/m) as string })
})

function fail(): never {
  throw new Error('there is no such run')
}
