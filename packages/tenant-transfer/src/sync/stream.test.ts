import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { legacyId, stageMove } from '../moving.fixture.ts'
import { runTransfer } from '../run.ts'
import { atOneMoment, openSides } from '../sides.ts'
import { drainStream } from './stream.ts'

let stage: Awaited<ReturnType<typeof stageMove>>
beforeAll(async () => {
  stage = await stageMove('dedicated')
  await runTransfer(stage.options)
})
afterAll(() => stage.close())

const writeOld = () =>
  withAdminConnection(stage.legacyApp, (run) =>
    run(
      `update public.notes set body = body || '!' where id = (select id from public.notes n where tenant_id = '${legacyId}'
         and entity_id is null order by id limit 1)`,
    ),
  )

test('what was written is taken over, read back and compared, and a row that arrived otherwise is counted', async () => {
  await using sides = await openSides(stage.options)
  await writeOld()
  expect(await atOneMoment(sides, () => drainStream(sides))).toMatchObject({
    transactions: 1,
    changed: 1,
    compared: 1,
    differing: 0,
  })
  await stage.now(
    `create function crm.spoil() returns trigger language plpgsql as $$ begin new.body_md := 'spoiled'; return new; end $$`,
  )
  await stage.now(`create trigger spoil before insert or update on crm.notes for each row execute function crm.spoil()`)
  await writeOld()
  expect(await atOneMoment(sides, () => drainStream(sides))).toMatchObject({ compared: 1, differing: 1 })
  await stage.now(
    `create or replace function crm.spoil() returns trigger language plpgsql as $$ begin return null; end $$`,
  )
  await stage.now(
    `alter table crm.notes disable trigger user; delete from crm.notes; alter table crm.notes enable trigger user`,
  )
  await writeOld()
  // A row that never arrived has nothing to be compared with.
  expect(await atOneMoment(sides, () => drainStream(sides))).toMatchObject({ changed: 0, compared: 1, differing: 1 })
})

test('rows with quotes, braces, backslashes, line feeds and nothing at all arrive as they are', async () => {
  await using sides = await openSides(stage.options)
  await stage.now('drop trigger if exists spoil on crm.notes')
  const bodies = [`it's "so"`, '{a,b}', 'back\\slash \\" \\N', 'two\nlines\t', '(1,2)', 'NULL', '✓ naïve $1']
  for (const body of bodies) {
    await withAdminConnection(stage.legacyApp, (run) =>
      run('insert into public.notes (tenant_id, body) values ($1, $2)', [legacyId, body]),
    )
  }
  expect(await atOneMoment(sides, () => drainStream(sides))).toMatchObject({ differing: 0 })
  const arrived = await stage.now<{ body: string }>('select body_md as body from crm.notes')
  expect(arrived.map(({ body }) => body)).toEqual(expect.arrayContaining(bodies))
})
