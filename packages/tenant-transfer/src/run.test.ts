import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { legacyRowCounts, legacyTableNames } from './legacy/legacy-database.ts'
import { legacyId, placements, stageMove, stayingId } from './moving.fixture.ts'
import { planTransfer } from './plan.ts'
import { runTransfer } from './run.ts'
import { lockTransfer, openSides } from './sides.ts'
import { verifyTransfer } from './verify.ts'

type Stage = Awaited<ReturnType<typeof stageMove>>

/** Everything other companies have in the old tables. */
const others = legacyTableNames
  .map(
    (table) =>
      `select '${table}' as name, count(*), sum(hashtextextended(t::text, 0)) from public.${table} t where tenant_id <> '${legacyId}'`,
  )
  .join(' union all ')

describe.each(placements)('a company moves into a %s database', (placement) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await stageMove(placement)
  })
  afterAll(() => stage.close())

  test('the plan counts every row, and tells of each that cannot be moved in why', async () => {
    const plan = await planTransfer(stage.options)
    expect(Object.fromEntries(plan.tables.map(({ table, rows }) => [table, rows]))).toEqual(legacyRowCounts)
    expect(plan.rows).toBe(253)
    expect(plan.isOnline).toBe(true)
    for (const { table, rows, ofOthers, quarantined, lostValues, moved, columns } of plan.tables) {
      const problems = plan.problems.filter((problem) => problem.table === table)
      expect({ table, problems: problems.filter(({ column }) => column === null).length }).toEqual({
        table,
        problems: quarantined,
      })
      expect(problems.filter(({ column }) => column !== null)).toHaveLength(lostValues)
      expect(problems.every(({ reason }) => reason !== '')).toBe(true)
      expect(moved + quarantined).toBe(rows)
      expect(ofOthers).toBe(rows)
      expect(columns.length).toBeGreaterThan(6)
    }
    const whole = Object.fromEntries(plan.tables.map(({ table, quarantined }) => [table, quarantined]))
    expect(whole).toMatchObject({
      accounts: 0,
      contacts: 0,
      opportunities: 0,
      events: 0,
      leads: 1,
      tasks: 3,
      contact_accounts: 3,
    })
    expect(await stage.now('select from crm.accounts union all select from crm.transfer_quarantine')).toEqual([])
  })

  test('every row arrives or waits in quarantine, and a second run changes nothing', async () => {
    const before = await stage.old(others)
    const run = await runTransfer(stage.options)
    expect(run.isOnline).toBe(true)
    const verification = await verifyTransfer(stage.options)
    expect(verification.differences).toEqual([])
    expect(verification.ok).toBe(true)
    expect(verification.accounted.reduce((sum, { moved, quarantined }) => sum + moved + quarantined, 0)).toBe(253)
    expect(await runTransfer(stage.options)).toMatchObject({ copied: 0, changed: 0 })
    expect(await stage.old(others)).toEqual(before)
    const tenants = await stage.now<{ tenant_id: string }>(
      `select distinct tenant_id from crm.accounts union select distinct tenant_id from crm.record_links
       union select distinct tenant_id from crm.transfer_quarantine union select distinct tenant_id from crm.transfer_marks`,
    )
    expect(tenants).toEqual([{ tenant_id: stage.acme.tenantIdInDataSource }])
  })

  test('amounts become exact cents in the currency of the company, and times stand in its zone', async () => {
    const wrong = await stage.old(
      `select o.id from public.opportunities o where tenant_id = '${legacyId}' and amount is not null and amount * 100 <> trunc(amount * 100)`,
    )
    expect(wrong).toEqual([])
    const amounts = await stage.old<{ id: string; amount: string }>(
      `select id::text, coalesce(amount, 0)::text as amount from public.opportunities where tenant_id = '${legacyId}'`,
    )
    const cents = await stage.now<{ id: string; minor: string; currency: string }>(
      'select id::text, amount_minor::text as minor, currency from crm.opportunities',
    )
    expect(new Map(cents.map(({ id, minor, currency }) => [id, `${minor} ${currency}`]))).toEqual(
      new Map(amounts.map(({ id, amount }) => [id, `${Math.round(Number(amount) * 100)} EUR`])),
    )
    const [event] = await stage.now<{ starts: string; zone: string }>(
      `select (first_starts_at at time zone 'UTC')::text as starts, time_zone as zone from crm.events where title = 'Harbor gala'`,
    )
    expect(event).toEqual({ starts: '2026-06-20 16:00:00', zone: 'Europe/Berlin' })
  })

  test('pointers by type and id become links with foreign keys, under the ids their rows have always had', async () => {
    const old = await stage.old<{ id: string; type: string; entity: string }>(
      `select id::text, entity_type as type, entity_id::text as entity from public.tasks where tenant_id = '${legacyId}' and entity_type = 'deal'`,
    )
    const links = await stage.now<{ id: string; entity: string }>(
      'select task_id::text as id, opportunity_id::text as entity from crm.record_links where task_id is not null and opportunity_id is not null',
    )
    expect(links.length).toBeGreaterThan(1)
    expect(old).toEqual(expect.arrayContaining(links.map((link) => ({ ...link, type: 'deal' }))))
    expect(await stage.now("select from crm.accounts where custom ? 'legacyBillingAddress'")).not.toEqual([])
  })

  test('what was typed as a stage in many ways is one stage, and what was never heard of is a stage of its own', async () => {
    const stages = await stage.now<{ name: string; kind: string }>(
      `select s.name, s.kind from crm.pipeline_stages s join crm.pipelines p on p.id = s.pipeline_id where p.name = 'Moved in' order by s.position`,
    )
    expect(stages.filter(({ kind }) => kind === 'won')).toHaveLength(1)
    expect(stages).toContainEqual({ name: 'Waiting for the bride', kind: 'open' })
    const [used] = await stage.now<{ used: number }>(
      'select count(distinct stage_id)::int as used from crm.opportunities',
    )
    expect(used?.used).toBe(stages.length)
  })

  test('what points at nothing is kept with the reason, whole, and never dropped', async () => {
    const [note] = await stage.now<{ content: string }>(
      `select content::text from crm.transfer_quarantine where source_table = 'notes' and reason like 'belongs to a record%'`,
    )
    const content = JSON.parse(note?.content ?? '{}') as Record<string, unknown>
    const [row] = await stage.old<{ row: string }>(
      'select to_jsonb(n)::text as row from public.notes n where id = $1',
      [content['id']],
    )
    expect(content).toEqual(JSON.parse(row?.row ?? '{}'))
    expect(content['tenant_id']).toBe(legacyId)
  })

  test('while a company moves in it can be read here and not written, and nobody can resume it by hand', async () => {
    const { app, tenants } = stage.world
    expect((await app.transfers.tenant('acme')).status).toBe('suspended')
    await expect(app.db.tenants.setStatus('tests', 'acme', 'active')).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    const grant = await stage.world.grantOf(await stage.world.startSession(tenants.acme.people.owner))
    await expect(
      stage.world.dataSources.withTenantWriter(grant, (db) => db.accounts.create({ name: 'x' } as never)),
    ).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' })
  })

  test('a column nobody has decided about stops the plan and the run, by its name', async () => {
    await stage.old('alter table public.leads add column shoe_size integer')
    for (const attempt of [() => planTransfer(stage.options), () => runTransfer(stage.options)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'TRANSFER_PLAN_INCOMPLETE',
        message: expect.stringContaining('leads.shoe_size'),
      })
    }
    await stage.old('alter table public.leads drop column shoe_size')
  })

  test('two who move one company at once: one does it, the other is told', async () => {
    await using first = await openSides(stage.options)
    await lockTransfer(first)
    await expect(runTransfer(stage.options)).rejects.toMatchObject({ code: 'TRANSFER_RUNNING' })
    await expect(verifyTransfer(stage.options)).rejects.toMatchObject({ code: 'TRANSFER_RUNNING' })
  })
})

describe('a run that is cut off', () => {
  test.each([{ withoutStream: false }, { withoutStream: true }])(
    'goes on behind its last batch, wherever that was, and takes over what was written meanwhile (%o)',
    async ({ withoutStream }) => {
      const stage = await stageMove('shared')
      const options = { ...stage.options, withoutStream, batchBytes: 2000 }
      let runs = 0
      for (let isDone = false; !isDone; runs++) {
        let batches = 0
        const cut = () => {
          if (++batches > 3) throw new Error('cut off')
        }
        isDone = await runTransfer({ ...options, onProgress: ({ rows }) => rows && cut() }).then(
          () => true,
          (error: Error) => {
            if (error.message !== 'cut off') throw error
            return false
          },
        )
        await writeSomething(stage, runs)
        expect(runs).toBeLessThan(30)
      }
      expect(runs).toBeGreaterThan(5)
      await runTransfer(options)
      expect(await verifyTransfer(options)).toMatchObject({ ok: true, differences: [] })
      expect(await runTransfer(options)).toMatchObject({ copied: 0, changed: 0 })
      await stage.close()
    },
  )

  test('a run that is asked to stop ends after its batch, and the next one brings the rest', async () => {
    const stage = await stageMove('dedicated')
    const stop = new AbortController()
    const onProgress = ({ step }: { step: string }) => step === 'locations' && stop.abort()
    const stopped = await runTransfer({ ...stage.options, stop: stop.signal, onProgress })
    expect(stopped).toMatchObject({ isWhole: false })
    expect(await stage.now('select from crm.opportunities')).toEqual([])
    expect(await runTransfer(stage.options)).toMatchObject({ isWhole: true })
    expect(await verifyTransfer(stage.options)).toMatchObject({ ok: true })
    await stage.close()
  })

  test('a tenant database with rows of its own is refused, and so is another database than the data source says', async () => {
    const stage = await stageMove('dedicated')
    await stage.now(`insert into crm.notes (tenant_id, body_md) values ($1, 'mine')`, [stage.acme.tenantIdInDataSource])
    await expect(runTransfer(stage.options)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('notes'),
    })
    await withAdminConnection(stage.acme.admin, (run) => run('update crm.identity set epoch = epoch + 1'))
    await expect(runTransfer(stage.options)).rejects.toMatchObject({ code: 'TENANT_DATABASE_MISMATCH' })
    expect(await stage.now('select from crm.accounts')).toEqual([])
    await stage.close()
  })
})

test('a copy of the application database on the same server has a stream of its own', async () => {
  const [original, copy] = [await stageMove('dedicated'), await stageMove('dedicated')]
  await runTransfer(original.options)
  await runTransfer(copy.options)
  await writeSomething(original, 1)
  expect(await verifyTransfer(original.options)).toMatchObject({ ok: true, differences: [] })
  const slots = await original.old('select distinct database from pg_replication_slots where slot_name like $1', [
    `tenantry_%_${legacyId.replaceAll('-', '')}`,
  ])
  expect(slots.length).toBeGreaterThan(1)
  await Promise.all([original.close(), copy.close()])
})

/** As the old system's login: an account with an opportunity that is there before it, an orphan that gets its parent, a loss. */
async function writeSomething({ legacyApp }: Stage, n: number): Promise<void> {
  await withAdminConnection(legacyApp, async (run) => {
    const [row] = await run<{ account: string; opportunity: string }>(
      'select gen_random_uuid()::text as account, gen_random_uuid()::text as opportunity',
    )
    const ids = [row?.account, row?.opportunity, legacyId]
    await run(`insert into public.tasks (tenant_id, title, entity_type, entity_id) values ($2, 'early', 'deal', $1)`, [
      ids[1],
      legacyId,
    ])
    await run(
      `insert into public.opportunities (id, tenant_id, name, stage, amount, account_id) values ($2, $3, 'new', 'stage ${n % 3}', 12.34, $1)`,
      ids,
    )
    await run(`insert into public.accounts (id, tenant_id, name) values ($1, $2, 'new')`, [ids[0], legacyId])
    await run(
      `update public.opportunities set stage = 'Won', account_id = null where id = (select id from public.opportunities where tenant_id = $1 order by id limit 1 offset ${n})`,
      [legacyId],
    )
    await run(
      `delete from public.accounts where id = (select id from public.accounts where tenant_id = $1 and name <> 'new' order by id limit 1)`,
      [legacyId],
    )
    await run(
      `delete from public.events where id = (select id from public.events where tenant_id = $1 order by id desc limit 1)`,
      [legacyId],
    )
    await run(
      `update public.contacts set phone = '+49 30 1234${n % 10}', account_id = (select id from public.accounts where tenant_id = $1 order by id desc limit 1) where tenant_id = $1`,
      [legacyId],
    )
    await run(`insert into public.accounts (tenant_id, name) values ($1, 'of another company')`, [stayingId])
  })
}
