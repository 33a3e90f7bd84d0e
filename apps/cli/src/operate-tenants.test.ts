import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { creationOf, stageOperator } from './operator.fixture.ts'

let stage: Awaited<ReturnType<typeof stageOperator>>
beforeAll(async () => {
  stage = await stageOperator()
})
afterAll(() => stage.close())

const rows = async (slug: string) => stage.askApp('select from app.tenants where slug = $1', [slug])

test('a tenant lives its whole life by commands, and none of them prints a secret', async () => {
  const { operate } = stage
  const creation = [...creationOf('cli-life'), '--server', 'other']
  expect(await operate([...creation, '--dry-run'])).toMatchObject({ code: 0, data: { dryRun: true, region: 'us' } })
  expect(await rows('cli-life')).toHaveLength(0)

  const created = await operate(creation)
  expect(created).toMatchObject({ code: 0, data: { slug: 'cli-life', placement: 'dedicated' } })
  expect(created.err).toMatch(/Run [0-9a-f-]{36}/)
  const { invitation } = created.data as { invitation: { link: string } }
  expect(invitation.link).toMatch(/^https:\/\/crm\.example\.com\/invitation#[A-Za-z0-9_-]{43}$/)
  expect(await operate(['tenant', 'list'])).toMatchObject({
    data: [{ slug: 'cli-life', status: 'active', health: null }],
  })
  expect(await operate(['tenant', 'show', 'cli-life'])).toMatchObject({
    data: { status: 'active', runs: [{ kind: 'tenant.create', status: 'done', units: { done: 5 } }] },
  })
  expect(await operate(['tenant', 'check', 'cli-life'])).toMatchObject({
    code: 0,
    data: [{ ok: true, state: 'healthy', code: null }],
  })
  for (const [command, at] of [
    ['list', 0],
    ['show', undefined],
  ] as const) {
    const { data } = await operate(['tenant', command, ...(at === undefined ? ['cli-life'] : [])])
    const tenant = at === undefined ? data : (data as unknown[])[at]
    expect(tenant).toMatchObject({
      health: { state: 'healthy', serverVersion: expect.stringMatching(/^18/) as string },
    })
  }
  expect(await operate(['tenant', 'test-connection', 'cli-life'])).toMatchObject({ code: 0, data: { success: true } })

  const account = await operate(['call', 'accounts.create', '--tenant', 'cli-life', '--input', '-'], {
    stdin: '{"name":"Spreeblick"}',
  })
  expect(account).toMatchObject({ code: 0, data: { name: 'Spreeblick' } })

  expect((await operate(['tenant', 'suspend', 'cli-life'])).code).toBe(4)
  expect(await operate(['tenant', 'suspend', 'cli-life'], { types: ['yes'] })).toMatchObject({
    code: 0,
    data: { state: 'suspended' },
  })
  const patch = ['call', 'accounts.create', '--tenant', 'cli-life', '--input', '{"name":"Late"}']
  expect(await operate(patch)).toMatchObject({ code: 1, err: expect.stringContaining('TENANT_SUSPENDED') as string })
  expect(await operate(['call', 'accounts.list', '--tenant', 'cli-life', '--input', '{}'])).toMatchObject({
    data: { rows: [{ name: 'Spreeblick' }] },
  })
  expect((await operate(['tenant', 'archive', 'cli-life', '--yes'])).code).toBe(0)
  expect(await operate(['call', 'accounts.list', '--tenant', 'cli-life', '--input', '{}'])).toMatchObject({ code: 1 })
  expect((await operate(['tenant', 'resume', 'cli-life'])).code).toBe(0)
  expect((await operate(patch)).code).toBe(0)

  const folder = join(stage.folder, 'export')
  const deletion = ['tenant', 'delete', 'cli-life', '--export-to', folder]
  expect(await operate([...deletion, '--dry-run'])).toMatchObject({
    code: 0,
    data: { place: { database: 'cli_life' } },
  })
  expect(await operate(['tenant', 'delete', 'cli-life', '--dry-run'])).toMatchObject({
    data: { exportFolder: expect.stringMatching(/tenantry-exports.cli-life-[0-9a-f]{12}$/) as string },
  })
  const here = ['tenant', 'delete', 'cli-life', '--confirm', 'cli-life', '--export-to', stage.folder]
  expect(await operate(here)).toMatchObject({ code: 1, err: expect.stringContaining('--export-to') as string })
  expect(existsSync(stage.serversFile)).toBe(true)
  expect((await operate([...deletion, '--yes'])).code).toBe(4)
  expect((await operate([...deletion, '--confirm', 'cli-live'])).code).toBe(4)
  expect((await operate(deletion, { types: ['cli-live'] })).code).toBe(4)
  expect(existsSync(folder)).toBe(false)
  expect(await operate(deletion, { types: ['cli-life'] })).toMatchObject({ code: 0, data: { exported: { folder } } })
  expect(existsSync(join(folder, 'accounts.jsonl'))).toBe(true)
  expect(await rows('cli-life')).toHaveLength(0)
  expect(await stage.ask('other', `select from pg_database where datname = 'cli_life'`)).toHaveLength(0)
  expect((await operate(deletion)).code).toBe(1)

  for (const secret of stage.secrets) expect(stage.said()).not.toContain(secret)
  const written = JSON.stringify(await stage.askApp('select to_jsonb(r) from app.runs r'))
  for (const secret of stage.secrets) expect(written).not.toContain(secret)
})

test('Ctrl-C lets the step at work finish and begins no other, and the same command goes on with the rest', async () => {
  const { operate } = stage
  const creation = [...creationOf('cli-stop'), '--server', 'other']
  const interrupted = { code: 130, err: expect.stringContaining('RUN_INTERRUPTED') as string }
  const runOf = async (kind: string) =>
    (
      await stage.askApp(
        `select r.status, r.attempts, string_agg(u.status, ' ' order by u.started_at) as units
         from app.runs r join app.run_units u on u.run_id = r.id where r.subject = 'cli-stop' and r.kind = $1 group by r.id`,
        [kind],
      )
    )[0]
  expect(await operate(creation, { interruptAt: '  database\n' })).toMatchObject(interrupted)
  const stopped = await runOf('tenant.create')
  expect(stopped).toMatchObject({ status: 'interrupted', attempts: 1 })
  expect(stopped?.['units']).toMatch(/^done( done)*$/)
  expect((await operate(creation)).code).toBe(0)
  expect(await runOf('tenant.create')).toMatchObject({ status: 'done', attempts: 2 })

  const deletion = ['tenant', 'delete', 'cli-stop', '--confirm', 'cli-stop', '--export-to', join(stage.folder, 'stop')]
  expect(await operate(deletion, { interruptAt: '  status\n' })).toMatchObject(interrupted)
  expect(await runOf('tenant.delete')).toEqual({ status: 'interrupted', attempts: 1, units: 'done done done' })
  expect(await stage.ask('other', `select from pg_database where datname = 'cli_stop'`)).toHaveLength(1)
  expect(await rows('cli-stop')).toHaveLength(1)
  expect((await operate(deletion)).code).toBe(0)
  expect(await rows('cli-stop')).toHaveLength(0)
})

test("a call is shown in the tenant's audit log before anything is read, with the operator's name", async () => {
  const { operate } = stage
  expect(await operate([...creationOf('cli-call'), '--server', 'main'])).toMatchObject({ code: 0 })
  await operate(['call', 'pipelines.list', '--tenant', 'cli-call'])
  const [entry] = await stage.askApp(
    `select actor_kind, detail from app.audit_log where action = 'grant.minted' and subject = 'cli-call' order by id desc limit 1`,
  )
  expect(entry).toEqual({ actor_kind: 'operator', detail: { reason: 'call pipelines.list', access: 'read' } })

  const refusals: [string[], string][] = [
    [['call', 'accounts.burn', '--tenant', 'cli-call'], 'PROCEDURE_NOT_FOUND'],
    [['call', 'accounts.list', '--tenant', 'nobody'], 'NOT_FOUND'],
    [['call', 'accounts.list', '--tenant', 'cli-call', '--input', '{"limit":"x"}'], 'limit: '],
    [['call', 'accounts.list', '--tenant', 'cli-call', '--input', '{hunter2'], 'not JSON'],
    [['call', 'session.view', '--tenant', 'cli-call'], 'NOT_SIGNED_IN'],
  ]
  for (const [args, said] of refusals) {
    const { code, err } = await operate(args)
    expect({ args, code }).toEqual({ args, code: 1 })
    expect(err).toContain(said)
    expect(err).not.toContain('hunter2')
  }
  const secret = { kind: 'sms', provider: 'twilio', address: '+4930123456', secret: 'hunter2' }
  const address = ['call', 'inboundAddresses.create', '--tenant', 'cli-call', '--input', JSON.stringify(secret)]
  for (const typed of [address, [...address, '--dry-run']]) {
    const refused = await operate(typed)
    expect(refused).toMatchObject({ code: 4, err: expect.stringContaining('secret is a secret') as string })
    expect(refused.err).not.toContain('hunter2')
  }
  const piped = [...address.slice(0, -1), '-', '--dry-run']
  expect(await operate(piped, { stdin: JSON.stringify(secret) })).toMatchObject({ code: 0 })
  const { data } = await operate(['call'])
  expect(data).toContainEqual({ procedure: 'accounts.create', type: 'mutation' })
  expect(
    (await operate(['tenant', 'delete', 'cli-call', '--confirm', 'cli-call', '--export-to', join(stage.folder, 'x')]))
      .code,
  ).toBe(0)
})

test('a creation that cannot go through says why in one sentence, and may be begun again with other settings', async () => {
  const { operate } = stage
  const wrong: [string[], RegExp][] = [
    [creationOf('cli-wrong'), /Name one of the servers with --server: main, other/],
    [[...creationOf('No'), '--server', 'main'], /slug: Use 3 to 40/],
    [[...creationOf('cli-wrong'), '--server', 'main', '--currency', 'euro'], /currency: Use a three-letter/],
    [[...creationOf('cli-wrong'), '--server', 'main', '--database', 'postgres'], /has a database postgres already/],
  ]
  for (const [args, message] of wrong) expect((await operate(args)).err).toMatch(message)
  expect(await rows('cli-wrong')).toHaveLength(0)
  // Nothing had been made, so other settings are a new beginning.
  expect((await operate([...creationOf('cli-wrong'), '--server', 'main'])).code).toBe(0)
  await operate(['tenant', 'delete', 'cli-wrong', '--confirm', 'cli-wrong', '--export-to', join(stage.folder, 'y')])
  expect(await rows('cli-wrong')).toHaveLength(0)
})

test.each([
  ['is readable by others', (file: string) => chmodSync(file, 0o644), 'chmod 600'],
  ['is no JSON', (file: string) => writeFileSync(file, 'hunter2', { mode: 0o600 }), 'not JSON'],
  [
    'lacks a server',
    (file: string) => writeFileSync(file, '{"application":"postgres://hunter2@h/d"}', { mode: 0o600 }),
    'servers: ',
  ],
])('a servers file that %s is refused without repeating what is in it', async (_, spoil, said) => {
  const own = await stageOperator()
  spoil(own.serversFile)
  const { code, err } = await own.operate([...creationOf('cli-file'), '--server', 'main'])
  expect(code).toBe(1)
  expect(err).toContain(said)
  expect(err).not.toContain('hunter2')
  await own.close()
})

test('doctor finds what a lost record leaves on a server, and removes it when it is told to', async () => {
  const { operate } = stage
  expect((await operate([...creationOf('cli-lost'), '--server', 'other'])).code).toBe(0)
  expect((await operate(['doctor'])).data).toMatchObject({ leftovers: [], unfinished: [] })
  await stage.askApp(
    `delete from app.memberships where tenant_id = (select id from app.tenants where slug = 'cli-lost')`,
  )
  await stage.askApp(`delete from app.tenants where slug = 'cli-lost'`)
  const found = await operate(['doctor'])
  expect(found).toMatchObject({
    code: 3,
    data: { leftovers: [{ kind: 'database', name: 'cli_lost' }, {}, {}, {}, {}] },
  })
  expect((await operate(['doctor', '--sweep'])).code).toBe(4)
  expect(await operate(['doctor', '--sweep', '--yes'])).toMatchObject({ code: 0, data: { leftovers: [] } })
  expect(await stage.ask('other', `select from pg_database where datname = 'cli_lost'`)).toHaveLength(0)
  expect(await sweepsOf('cli-lost')).toEqual([{ what: 'leftovers', status: 'done', units: 5 }])
})

/** As the audit log of a tenant tells of them and the journal goes on. */
const sweepsOf = (slug: string) =>
  stage.askApp(
    `select a.detail ->> 'what' as what, r.status, (select count(*)::int from app.run_units u where u.run_id = r.id) as units
     from app.audit_log a join app.runs r on r.id = (a.detail ->> 'run')::uuid
     where a.action = 'tenant.sweep_begun' and a.subject = $1 order by a.id`,
    [slug],
  )

test('doctor names the company whose sums are not those of its rows, and adds them up anew when it is told to', async () => {
  const { operate } = stage
  expect((await operate([...creationOf('cli-sums'), '--server', 'other'])).code).toBe(0)
  await stage.askTenant(
    'other',
    'cli_sums',
    `insert into crm.opportunity_sums (tenant_id, stage_id, currency, forecast_category, count, amount_minor, expected_minor)
     select tenant_id, gen_random_uuid(), 'EUR', 'pipeline', 1, 1, 1 from crm.identity limit 1`,
  )
  expect(await operate(['doctor'])).toMatchObject({ code: 3, data: { sums: [{ slug: 'cli-sums', wrong: 1 }] } })
  expect((await operate(['doctor', '--sweep'])).code).toBe(4)
  expect(await operate(['doctor', '--sweep', '--yes'])).toMatchObject({ code: 0, data: { sums: [] } })
  expect(await sweepsOf('cli-sums')).toEqual([{ what: 'sums', status: 'done', units: 1 }])
})

test('doctor names the files that no record has, and those of a company that is gone, and removes them when it is told to', async () => {
  const { operate } = stage
  const creation = await operate([...creationOf('cli-files'), '--server', 'other'])
  expect(creation.code).toBe(0)
  const [tenant] = (await stage.askApp(`select id from app.tenants where slug = 'cli-files'`)) as { id: string }[]
  const files = join(stage.env.FILES_FOLDER, tenant?.id ?? '', 'attachments')
  const put = (name: string, at: Date) => {
    mkdirSync(files, { recursive: true })
    writeFileSync(join(files, name), 'bytes')
    utimesSync(join(files, name), at, at)
  }
  put(randomUUID(), new Date(0))
  const underWay = randomUUID()
  put(underWay, new Date())
  expect(await operate(['doctor'])).toMatchObject({
    code: 3,
    data: { files: [{ slug: 'cli-files', missing: 0, unnamed: 1 }] },
  })
  expect(await operate(['doctor', '--sweep', '--dry-run'])).toMatchObject({ data: { files: [{ unnamed: 1 }] } })
  expect(await operate(['doctor', '--sweep', '--yes'])).toMatchObject({ code: 0, data: { files: [] } })
  expect(readdirSync(files)).toEqual([underWay])
  expect(await sweepsOf('cli-files')).toEqual([{ what: 'files', status: 'done', units: 1 }])

  await stage.askApp('delete from app.memberships where tenant_id = $1', [tenant?.id])
  await stage.askApp('delete from app.tenants where id = $1', [tenant?.id])
  // Another installation may keep its files here too.
  const stranger = join(stage.env.FILES_FOLDER, randomUUID(), 'attachments')
  mkdirSync(stranger, { recursive: true })
  expect(await operate(['doctor'])).toMatchObject({ data: { files: [{ slug: null, tenantId: tenant?.id }] } })
  expect(await operate(['doctor', '--sweep', '--yes'])).toMatchObject({ code: 0, data: { files: [] } })
  expect([existsSync(files), existsSync(stranger)]).toEqual([false, true])
})
