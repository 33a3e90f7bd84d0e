import { openAdminLink, withAdminConnection } from '@tenantry/connections/admin'
import { accountInput } from '@tenantry/testing/factories/account'
import { catalogItemInput } from '@tenantry/testing/factories/catalog-item'
import { isTenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cutOver, rollBack } from './cutover.ts'
import { legacyTableNames } from './legacy/legacy-database.ts'
import { legacyId, placements, stageMove, stayingId } from './moving.fixture.ts'
import { runTransfer } from './run.ts'
import { transferStatus } from './status.ts'
import { verifyTransfer } from './verify.ts'

type Stage = Awaited<ReturnType<typeof stageMove>>

const cutoverOf = (stage: Stage) => ({ ...stage.options, applicationRole: stage.applicationRole })

describe.each(placements)('while a company works in the old system it moves into a %s database', (placement) => {
  let stage: Stage
  let rightsBefore: unknown[]
  beforeAll(async () => {
    stage = await stageMove(placement)
    // Rights of its own kinds: to hand on, and of one column.
    await stage.old(`grant select on public.leads to "${stage.applicationRole}" with grant option`)
    await stage.old(`revoke update on public.tasks from "${stage.applicationRole}"`)
    await stage.old(`grant update (status) on public.tasks to "${stage.applicationRole}"`)
  })
  afterAll(() => stage.close())

  test('every write that was acknowledged before the switch is there after it, once; every later one was refused', async () => {
    const asApplication = () =>
      withAdminConnection(stage.world.appTarget, (run) => run('select from public.notes limit 1'))
    expect(await asApplication()).toHaveLength(1)
    rightsBefore = await rightsOf(stage)
    await runTransfer(stage.options)
    const writers = startWriters(stage, 4)
    await sleep(1500)
    const progress: string[] = []
    const cutover = await cutOver({ ...cutoverOf(stage), onProgress: ({ step }) => progress.push(step) })
    await sleep(300)
    const { acknowledged, refused, failures } = await writers.stop()
    expect(failures).toEqual([])
    expect(acknowledged.size).toBeGreaterThan(20)
    expect(refused).toBeGreaterThan(0)
    expect(cutover.pausedMs).toBeGreaterThan(0)
    const spent = cutover.pauseSteps.reduce((sum, { ms }) => sum + ms, 0)
    expect(Math.abs(spent - (cutover.pausedMs ?? 0))).toBeLessThan(2)
    const there = await stage.now<{ title: string }>(`select title from crm.tasks where title like 'writer %'`)
    expect(there.map(({ title }) => title).toSorted()).toEqual([...acknowledged].toSorted())
    expect(await verifyTransfer(stage.options)).toMatchObject({ ok: true, differences: [] })
  })

  test('the tenant database is in charge, and says so to whoever asks', async () => {
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'the tenant database', stream: null })
    expect((await stage.world.app.transfers.tenant('acme')).status).toBe('active')
    const grant = await stage.world.grantOf(await stage.world.startSession(stage.acme.people.owner))
    const page = await stage.world.dataSources.withTenant(grant, (db) =>
      db.accounts.count({ show: 'active', filters: {} } as never),
    )
    expect(page).toMatchObject({ count: 13 })
    await stage.world.dataSources.withTenantWriter(grant, (db) => db.memberRefs.put([]))
  })

  test('the old rows of the company are shut for everybody who is not a superuser, and those of others are not', async () => {
    await withAdminConnection(stage.legacyApp, async (run) => {
      for (const table of legacyTableNames) {
        const mine = await run<{ mine: number; theirs: number }>(
          `select count(*) filter (where tenant_id = '${legacyId}')::int as mine, count(*) filter (where tenant_id = '${stayingId}')::int as theirs from public.${table}`,
        )
        expect(mine[0]?.mine).toBe(0)
        expect(mine[0]?.theirs).toBeGreaterThan(0)
      }
      await run(`update public.accounts set name = 'still works' where tenant_id = '${stayingId}'`)
      const attempt = run(`insert into public.accounts (tenant_id, name) values ('${legacyId}', 'too late')`)
      await expect(attempt).rejects.toMatchObject({ detail: { sqlstate: '55000' } })
      // Nobody smuggles a row over under the name of another company, nor out of it.
      const smuggle = run(`update public.accounts set tenant_id = '${legacyId}' where tenant_id = '${stayingId}'`)
      await expect(smuggle).rejects.toMatchObject({ detail: { sqlstate: '55000' } })
    })
    // Not even past the policies: the trigger asks everybody.
    const past = stage.old(`delete from public.accounts where tenant_id = '${legacyId}'`)
    await expect(past).rejects.toMatchObject({ detail: { sqlstate: '55000' } })
    await expect(stage.old('truncate public.notes')).rejects.toMatchObject({ detail: { sqlstate: '55000' } })
  })

  test('the login that serves requests has no rights left on the old tables', async () => {
    for (const table of legacyTableNames) {
      const look = withAdminConnection(stage.world.appTarget, (run) => run(`select from public.${table}`))
      await expect(look).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
    }
  })

  test('what is written while going back compares is refused, from whoever was let in before', async () => {
    const { world } = stage
    const before = await world.grantOf(await world.startSession(stage.acme.people.owner))
    const write = () => world.dataSources.withTenantWriter(before, (db) => db.accounts.create(accountInput()))
    const stop = new Error('looked at enough')
    let attempt: Promise<unknown> = Promise.resolve('nothing was tried')
    const onProgress = ({ step }: { step: string }) => {
      if (step === 'comparing both sides') attempt = write().catch((error: unknown) => error)
      if (step === 'switching back') throw stop
    }
    const change = await stage.now<{ id: string }>(`select count(*)::int as n from crm.accounts`)
    await expect(rollBack({ ...stage.options, onProgress })).rejects.toBe(stop)
    expect(await attempt).toMatchObject({
      code: expect.stringMatching(/^TENANT_(SUSPENDED|DATABASE_MOVED)$/) as string,
    })
    expect(await stage.now(`select count(*)::int as n from crm.accounts`)).toEqual(change)
    // Nothing came of it, so the company works on.
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'the tenant database' })
    expect((await world.app.transfers.tenant('acme')).status).toBe('active')
  })

  test('going back is refused for work that the old tables have no place for, and the company works on', async () => {
    const { world } = stage
    const grant = await world.grantOf(await world.startSession(stage.acme.people.owner))
    await world.dataSources.withTenantWriter(grant, (db) => db.catalogItems.create(catalogItemInput()))
    await expect(rollBack(stage.options)).rejects.toMatchObject({
      code: 'TRANSFER_COMPANY_CHANGED',
      message: expect.stringContaining('catalog_items') as string,
      data: {
        differences: [],
        ownWork: expect.arrayContaining([
          { table: 'catalog_items', rows: 1 },
          { table: 'record_changes', rows: 1, of: ['catalog_item'] },
        ]) as unknown,
      },
    })
    const again = await world.grantOf(await world.startSession(stage.acme.people.owner))
    await world.dataSources.withTenantWriter(again, (db) => db.memberRefs.put([]))
  })

  test('going back that dies once writing has ended is gone on with, and gives the company back when it is refused', async () => {
    const { transfers } = stage.options
    await transfers.hold('tests', 'acme')
    await stage.now('update crm.identity set epoch = epoch + 1 where tenant_id = $1', [stage.acme.tenantIdInDataSource])
    // The database has raised its epoch and the application database has not been told.
    await expect(rollBack(stage.options)).rejects.toMatchObject({ code: 'TRANSFER_COMPANY_CHANGED' })
    expect(await transfers.tenant('acme')).toMatchObject({
      status: 'active',
      transfer: { state: 'moved', statusBefore: null },
    })
    const version = await transfers.heldAs('tests', 'acme', (await transfers.tenant('acme')).dataSource?.identity ?? '')
    await transfers.hold('tests', 'acme')
    await expect(transfers.rollBack('tests', 'acme', version)).rejects.toMatchObject({ code: 'CONFLICT' })
    await transfers.release('tests', 'acme')
  })

  test('of a company that moved in before its own work was noted going back says what would be left behind, and how', async () => {
    const marks = `crm.transfer_marks where name like 'own work %'`
    await stage.now(`create table public.noted as select * from ${marks}`)
    await stage.now(`delete from ${marks}`)
    await expect(rollBack(stage.options)).rejects.toMatchObject({
      code: 'TRANSFER_COMPANY_CHANGED',
      message: expect.stringMatching(
        /^This company moved in before it was noted .* in .*catalog_items.* may be its own work .* transfer rollback acme --discard acme$/,
      ) as string,
      data: {
        isNoted: false,
        ownWork: expect.arrayContaining([expect.objectContaining({ table: 'catalog_items' })]) as unknown,
      },
    })
    await stage.now(`insert into crm.transfer_marks select * from public.noted`)
    await stage.now(`drop table public.noted`)
  })

  test('going back is refused when the new rows were changed, and then leaves them behind only when told to', async () => {
    await stage.now(
      `update crm.accounts set name = 'changed here' where id = (select id from crm.accounts order by id limit 1)`,
    )
    await expect(rollBack(stage.options)).rejects.toMatchObject({ code: 'TRANSFER_COMPANY_CHANGED' })
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'the tenant database' })
    expect(await rollBack({ ...stage.options, discardChanges: true })).toMatchObject({ discarded: 3 })
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'the old system' })
    await withAdminConnection(stage.legacyApp, (run) =>
      run(`update public.accounts set name = name || '!' where tenant_id = '${legacyId}'`),
    )
    // The login that serves requests can do what it could before, and no more.
    expect(await rightsOf(stage)).toEqual(rightsBefore)
    // And the way there is open again.
    await cutOver(cutoverOf(stage))
    expect(await verifyTransfer(stage.options)).toMatchObject({ ok: true })
    expect(await stage.now(`select from crm.accounts where name = 'changed here'`)).toEqual([])
  })
})

describe('a cutover that dies', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await stageMove('dedicated')
    await runTransfer(stage.options)
  })
  afterAll(() => stage.close())
  const writeOld = () =>
    withAdminConnection(stage.legacyApp, (run) =>
      run(`update public.notes set updated_at = clock_timestamp() where tenant_id = '${legacyId}'`),
    )
  const { slug, operatorName } = { slug: 'acme', operatorName: 'tests' }

  test('in the pause leaves the old system in charge: it goes on by itself when the pause is over', async () => {
    await stage.options.transfers.pause(operatorName, slug, { forMs: 700, lockMs: 1000 })
    await expect(writeOld()).rejects.toMatchObject({ detail: { sqlstate: '55006' } })
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'nobody, for a moment' })
    await sleep(800)
    await writeOld()
    await expect(stage.options.transfers.flip(operatorName, slug, 1000)).rejects.toMatchObject({
      code: 'TRANSFER_PAUSE_OVER',
    })
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'the old system' })
  })

  test('of a pause that is too short leaves the old system in charge at once', async () => {
    await expect(cutOver({ ...cutoverOf(stage), pauseMs: 1 })).rejects.toMatchObject({ code: 'TRANSFER_PAUSE_OVER' })
    await writeOld()
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'the old system' })
  })

  test('is refused while the login that serves requests would go on reading the old rows', async () => {
    await stage.old(`alter role "${stage.applicationRole}" bypassrls`)
    await expect(cutOver(cutoverOf(stage))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('passes row security'),
    })
    await stage.old(`alter role "${stage.applicationRole}" nobypassrls`)
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'the old system' })
  })

  test('of rows that differ holds nobody up', async () => {
    await stage.now(`alter table crm.notes disable trigger all`)
    await stage.now(
      `create function crm.spoil() returns trigger language plpgsql as $$ begin new.body_md := 'spoiled'; return new; end $$`,
    )
    await stage.now(
      `create trigger spoil before insert or update on crm.notes for each row execute function crm.spoil()`,
    )
    await writeOld()
    await expect(cutOver(cutoverOf(stage))).rejects.toMatchObject({
      code: 'TRANSFER_INCOMPLETE',
      data: { first: expect.arrayContaining([expect.objectContaining({ table: 'notes', columns: ['body_md'] })]) },
    })
    expect((await stage.world.app.transfers.tenant(slug)).transfer?.state).toBe('copying')
    await stage.now('drop trigger spoil on crm.notes')
    await runTransfer(stage.options)
  })

  test('while an old transaction writes waits for it, and holds up nobody for longer than told', async () => {
    await using slow = await openAdminLink(stage.legacyApp)
    await slow.run('begin')
    await slow.run(
      `update public.notes set body = 'written in time' where id = (select id from public.notes where tenant_id = '${legacyId}' order by id limit 1)`,
    )
    await expect(stage.options.transfers.pause(operatorName, slug, { forMs: 5000, lockMs: 100 })).rejects.toMatchObject(
      { code: 'TRANSACTION_ROLLED_BACK' },
    )
    const paused = stage.options.transfers.pause(operatorName, slug, { forMs: 5000, lockMs: 3000 })
    await sleep(100)
    await slow.run('commit')
    await paused
    await stage.options.transfers.resume(operatorName, slug)
  })

  test('a transaction that sees the past is not let past the guard', async () => {
    await using old = await openAdminLink(stage.legacyApp)
    await old.run('begin isolation level repeatable read')
    await old.run('select 1 from public.notes limit 1')
    await stage.options.transfers.pause(operatorName, slug, { forMs: 5000, lockMs: 1000 })
    const write = old.run(`update public.notes set body = 'too late' where tenant_id = '${legacyId}'`)
    await expect(write).rejects.toMatchObject({ code: 'TRANSACTION_ROLLED_BACK' })
    await stage.options.transfers.resume(operatorName, slug)
  })

  test('right after the switch leaves the tenant database in charge, and the same command tidies up', async () => {
    await runTransfer(stage.options)
    await stage.options.transfers.pause(operatorName, slug, { forMs: 5000, lockMs: 1000 })
    await stage.options.transfers.flip(operatorName, slug, 1000)
    expect(await transferStatus(stage.options)).toMatchObject({ inCharge: 'the tenant database' })
    await expect(runTransfer(stage.options)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await cutOver(cutoverOf(stage))).toMatchObject({ pausedMs: null })
    expect(await stage.old('select from pg_replication_slots where database = current_database()')).toEqual([])
    expect(await stage.old('select from pg_publication')).toEqual([])
  })
})

test('without a log of changes a company is switched over at rest, with all rows compared in the pause', async () => {
  const stage = await stageMove('shared')
  const options = { ...cutoverOf(stage), withoutStream: true }
  await runTransfer(options)
  await withAdminConnection(stage.legacyApp, (run) =>
    run(`update public.accounts set name = 'of last minute' where tenant_id = '${legacyId}' and name = 'Ana & Luis'`),
  )
  const { pausedMs, comparedInPause } = await cutOver(options)
  expect(pausedMs).toBeGreaterThan(0)
  expect(comparedInPause).toBeGreaterThan(253)
  expect(await stage.now(`select name from crm.accounts where name like '%last%'`)).toEqual([
    { name: 'of last minute' },
  ])
  await stage.close()
})

/** What the login that serves requests may do with the old tables, of which columns, and whether it may hand it on. */
function rightsOf({ old, applicationRole }: Stage): Promise<unknown[]> {
  return old(
    `select c.relname as table, '' as column, a.privilege_type as privilege, a.is_grantable from pg_class c, aclexplode(c.relacl) a
       where c.relnamespace = 'public'::regnamespace and a.grantee = $1::regrole
     union all
     select c.relname, t.attname, a.privilege_type, a.is_grantable from pg_class c, pg_attribute t, aclexplode(t.attacl) a
       where t.attrelid = c.oid and c.relnamespace = 'public'::regnamespace and a.grantee = $1::regrole order by 1, 2, 3`,
    [applicationRole],
  )
}

/** People at work in the old system: each writes a task and changes other rows, and remembers what was acknowledged. */
function startWriters({ legacyApp }: Stage, count: number) {
  const acknowledged = new Set<string>()
  const failures: unknown[] = []
  let refused = 0
  let isOver = false
  const write = async (writer: number) => {
    await using link = await openAdminLink(legacyApp)
    const found = await link.run<{ id: string }>(
      `select id::text as id from public.accounts where tenant_id = '${legacyId}'`,
    )
    const accounts = found.map(({ id }) => id)
    for (let n = 0; !isOver; n++) {
      const title = `writer ${writer} task ${n}`
      try {
        await link.run(
          `insert into public.tasks (tenant_id, title, entity_type, entity_id) values ($1, $2, 'account', $3)`,
          [legacyId, title, accounts[n % accounts.length]],
        )
        acknowledged.add(title)
        await sleep(25)
        await link.run(`update public.opportunities set amount = amount + 0.01, stage = 'stage ${n % 5}' where id = (
          select id from public.opportunities where tenant_id = '${legacyId}' order by id limit 1 offset ${n % 49})`)
        await link.run(
          `insert into public.notes (tenant_id, body, entity_type, entity_id) select '${legacyId}', 'gone soon', 'contact', id from public.contacts where tenant_id = '${legacyId}' limit 1`,
        )
        await link.run(`delete from public.notes where tenant_id = '${legacyId}' and body = 'gone soon'`)
      } catch (error) {
        const sqlstate = isTenantryError(error) ? error.detail?.['sqlstate'] : undefined
        if (sqlstate === '55000' || sqlstate === '55006') refused++
        else failures.push(error)
        await sleep(10)
      }
    }
  }
  const work = Array.from({ length: count }, (_, writer) => write(writer))
  const stop = async () => {
    isOver = true
    await Promise.all(work)
    return { acknowledged, refused, failures }
  }
  return { stop }
}
