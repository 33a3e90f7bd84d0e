import { withAdminConnection } from '@tenantry/connections/admin'
import { openDatabase } from '@tenantry/connections/database'
import { openPool } from '@tenantry/connections/pool'
import type { Target } from '@tenantry/connections/target'
import { createDatabase } from '@tenantry/testing/databases'
import { mainServer } from '@tenantry/vitest-config/servers'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { migrationFolder } from './migration-folder.fixture.ts'
import { migrate, schemaVersion } from './migrate.ts'

const first = { '0000_base': 'create schema app; create table app.notes (body text);' }
const second = { ...first, '0001_title': 'alter table app.notes add column title text;' }

test('an empty database gets every migration in order, and a second run finds nothing to do', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(second)
  const seen: string[] = []
  const options = { folder: folder.path, schema: 'app', onProgress: (tag: string) => void seen.push(tag) } as const
  expect(await migrate(database.admin, options)).toEqual({
    applied: ['0000_base', '0001_title'],
    before: null,
    version: '0001_title',
  })
  expect(await migrate(database.admin, options)).toEqual({ applied: [], before: '0001_title', version: '0001_title' })
  expect(seen).toEqual(['0000_base', '0001_title'])
  await using pool = openPool(database.admin)
  expect(await schemaVersion(openDatabase(pool).reader, 'app')).toBe('0001_title')
})

test('an empty database begins in one transaction, and each later migration has its own', async () => {
  await using database = await createDatabase(mainServer())
  const options = { schema: 'app', afterEach: 'create table if not exists app.after ()' } as const
  const steps = `-- migrate: without transaction\ncreate index concurrently on app.notes (body)`
  await using begun = await migrationFolder({ ...second, '0002_index': steps })
  await migrate(database.admin, { ...options, folder: begun.path })
  await using more = await migrationFolder({
    ...second,
    '0002_index': steps,
    '0003_more': 'create table app.more ()',
    '0004_most': 'create table app.most ()',
  })
  await migrate(database.admin, { ...options, folder: more.path })
  const together = await ask(
    database.admin,
    `select string_agg(tag, ' ' order by position) as tags from app.schema_migrations group by xmin::text order by 1`,
  )
  expect(together).toEqual(['0000_base 0001_title', '0002_index', '0003_more', '0004_most'].map((tags) => ({ tags })))
})

test('five operators at once apply a data migration once', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder({ ...first, '0001_rows': `insert into app.notes values ('only once')` })
  const runs = Array.from({ length: 5 }, () => migrate(database.admin, { folder: folder.path, schema: 'app' }))
  const applied = (await Promise.all(runs)).flatMap((result) => result.applied)
  expect(applied.toSorted()).toEqual(['0000_base', '0001_rows'])
  expect(await ask(database.admin, 'select body from app.notes')).toHaveLength(1)
})

test('a migration that fails leaves nothing of itself, keeps those before it, and goes on when it is mended', async () => {
  await using database = await createDatabase(mainServer())
  const broken = { ...first, '0001_half': 'create table app.half (id int); select * from app.nowhere;' }
  await using folder = await migrationFolder(broken)
  await expect(migrate(database.admin, { folder: folder.path, schema: 'app' })).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message: 'The migration 0001_half failed and was rolled back (SQLSTATE 42P01).',
    detail: { statement: { number: 1, of: 1, begins: 'create table app.half' } },
  })
  expect(await ask(database.admin, `select to_regclass('app.half') as half`)).toEqual([{ half: null }])
  await using mended = await migrationFolder({ ...first, '0001_half': 'create table app.half (id int);' })
  expect(await migrate(database.admin, { folder: mended.path, schema: 'app' })).toMatchObject({
    applied: ['0001_half'],
  })
})

test('a failing migration names its statement by place and names, and repeats no value', async () => {
  await using database = await createDatabase(mainServer())
  const statements = [
    'alter table app.notes add column "price" int;',
    `update app.notes set body = 'hunter2';`,
    `-- the third\ninsert into app.notes (body, price) values ('hunter2', 1 / 0);`,
    'select 1;',
  ]
  await using folder = await migrationFolder({
    ...first,
    '0001_price': statements.join('\n--> statement-breakpoint\n'),
  })
  const failure: unknown = await migrate(database.admin, { folder: folder.path, schema: 'app' }).catch(
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({
    detail: { sqlstate: '22012', statement: { number: 3, of: 4, begins: 'insert into app.notes' } },
  })
  expect(inspect(failure, { depth: 9 })).not.toContain('hunter2')
  expect(await ask(database.admin, 'select * from app.notes')).toEqual([])
})

test('what belongs to every migration is committed with it or not at all', async () => {
  await using database = await createDatabase(mainServer())
  await using begun = await migrationFolder(first)
  await using folder = await migrationFolder(second)
  const afterEach = `insert into app.notes (body) select 'after'; select 1 / (2 - count(*)) from app.notes`
  await migrate(database.admin, { folder: begun.path, schema: 'app', afterEach })
  await expect(migrate(database.admin, { folder: folder.path, schema: 'app', afterEach })).rejects.toMatchObject({
    detail: { tag: '0001_title' },
  })
  expect(await ask(database.admin, 'select * from app.notes')).toEqual([{ body: 'after' }])
})

test('an applied migration that was edited is refused with the lines that differ', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(second)
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  await using edited = await migrationFolder({
    ...second,
    '0001_title': 'alter table app.notes add column headline text;',
  })
  const failure: unknown = await migrate(database.admin, { folder: edited.path, schema: 'app' }).catch(
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({ code: 'MIGRATION_EDITED', message: expect.stringContaining('0001_title') as string })
  const { diff } = (failure as { detail: { diff: string } }).detail
  expect(diff).toContain('-alter table app.notes add column title text;')
  expect(diff).toContain('+alter table app.notes add column headline text;')
})

test('a database from before texts were kept refuses an edited migration without a diff', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(first)
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  await ask(database.admin, 'alter table app.schema_migrations drop column script')
  await using edited = await migrationFolder({ '0000_base': `${first['0000_base']} -- a comment` })
  const failure: unknown = await migrate(database.admin, { folder: edited.path, schema: 'app' }).catch(
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({ code: 'MIGRATION_EDITED', detail: { tag: '0000_base' } })
  expect(failure).not.toHaveProperty('detail.diff')
  await using next = await migrationFolder(second)
  expect(await migrate(database.admin, { folder: next.path, schema: 'app' })).toMatchObject({ applied: ['0001_title'] })
})

test('an applied migration that was edited is refused by name', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(first)
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  await using edited = await migrationFolder({ '0000_base': `${first['0000_base']} -- a harmless comment` })
  await expect(migrate(database.admin, { folder: edited.path, schema: 'app' })).rejects.toMatchObject({
    code: 'MIGRATION_EDITED',
  })
})

test('a migration that slipped in before an applied one is refused instead of skipped', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(second)
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  await using late = await migrationFolder({ ...first, '0001_late': 'select 1', '0002_title': 'select 2' })
  const refused = { code: 'MIGRATION_OUT_OF_ORDER' }
  await expect(migrate(database.admin, { folder: late.path, schema: 'app' })).rejects.toMatchObject(refused)
  await using inserted = await migrationFolder({
    ...first,
    '0000a_late': 'select 1',
    '0001_title': second['0001_title'],
  })
  await expect(migrate(database.admin, { folder: inserted.path, schema: 'app' })).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining('0000a_late') as string,
    detail: { diff: expect.stringContaining('+0000a_late') as string },
  })
})

test('a database that is ahead of this release is refused', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(second)
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  await using older = await migrationFolder(first)
  await expect(migrate(database.admin, { folder: older.path, schema: 'app' })).rejects.toMatchObject({
    code: 'MIGRATION_OUT_OF_ORDER',
  })
})

test('an index is built concurrently when its migration asks for steps without a transaction', async () => {
  await using database = await createDatabase(mainServer())
  const index = [
    '-- migrate: without transaction',
    'drop index concurrently if exists app.notes_body;',
    '--> statement-breakpoint',
    'create index concurrently notes_body on app.notes (body);',
  ].join('\n')
  await using folder = await migrationFolder({ ...first, '0001_index': index })
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  expect(await ask(database.admin, `select to_regclass('app.notes_body') is not null as built`)).toEqual([
    { built: true },
  ])
})

test('an index that was left half-built is built again, and one that stands is not built twice', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(first)
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  await ask(database.admin, `insert into app.notes values ('twice'), ('twice')`)
  const steps = [
    '-- migrate: without transaction',
    'create index concurrently "notes_plain" on app.notes (body);',
    '--> statement-breakpoint',
    'CREATE UNIQUE INDEX CONCURRENTLY "notes_once" ON "app"."notes" USING btree ("body");',
  ].join('\n')
  await using next = await migrationFolder({ ...first, '0001_indexes': steps })
  const options = { folder: next.path, schema: 'app' } as const
  await expect(migrate(database.admin, options)).rejects.toMatchObject({
    message: 'The migration 0001_indexes failed and stopped between two steps; run it again (SQLSTATE 23505).',
    detail: {
      statement: { number: 2, of: 2, begins: 'CREATE UNIQUE INDEX CONCURRENTLY "notes_once" ON "app"."notes"' },
    },
  })
  const indexes = `select relname, indisvalid, indexrelid from pg_index join pg_class on pg_class.oid = indexrelid
    where relname like 'notes\\_%' order by 1`
  const [once, plain] = await ask(database.admin, indexes)
  expect([once, plain]).toMatchObject([{ relname: 'notes_once', indisvalid: false }, { relname: 'notes_plain' }])
  await ask(database.admin, 'delete from app.notes')
  expect(await migrate(database.admin, options)).toMatchObject({ applied: ['0001_indexes'] })
  const [rebuilt, kept] = await ask(database.admin, indexes)
  expect(rebuilt).toMatchObject({ relname: 'notes_once', indisvalid: true })
  expect(kept).toEqual(plain)
})

test('a migration gives up on a lock after the attempts it was given', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(first)
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  await using next = await migrationFolder(second)
  await withAdminConnection(database.admin, async (run) => {
    await run('begin')
    await run('lock table app.notes in access exclusive mode')
    const options = { folder: next.path, schema: 'app', lockMs: 20, attempts: 2 } as const
    await expect(migrate(database.admin, options)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      detail: { sqlstate: '55P03' },
    })
    await run('rollback')
  })
})

test('a migration that meets a locked table lets others pass and comes through when the lock is gone', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder(first)
  await migrate(database.admin, { folder: folder.path, schema: 'app' })
  await using next = await migrationFolder(second)
  await withAdminConnection(database.admin, async (run) => {
    await run('begin')
    await run('lock table app.notes in access exclusive mode')
    const migrating = migrate(database.admin, { folder: next.path, schema: 'app' })
    await run('select pg_sleep(3.5)')
    await run('rollback')
    expect(await migrating).toMatchObject({ applied: ['0001_title'] })
  })
})

test('a run that finds another one under way says so when it has waited long enough', async () => {
  await using database = await createDatabase(mainServer())
  await using folder = await migrationFolder({ '0000_slow': 'create schema app; select pg_sleep(2)' })
  const slow = migrate(database.admin, { folder: folder.path, schema: 'app' })
  await expect
    .poll(() => ask(database.admin, `select from pg_locks where locktype = 'advisory' and granted`))
    .toHaveLength(1)
  await expect(migrate(database.admin, { folder: folder.path, schema: 'app', waitMs: 200 })).rejects.toMatchObject({
    code: 'MIGRATION_LOCKED',
  })
  await slow
})

test('a folder without its files is refused with the name of the file', async () => {
  await using folder = await migrationFolder({})
  await expect(migrate(mainAdmin(), { folder: `${folder.path}/nowhere`, schema: 'app' })).rejects.toMatchObject({
    code: 'CONFIGURATION_INVALID',
    message: expect.stringContaining('meta/_journal.json') as string,
  })
})

function mainAdmin(): Target {
  const { host, port, user, password } = mainServer()
  return { host, port, database: 'postgres', user, password: () => password, tls: 'off' }
}

function ask(target: Target, statement: string): Promise<Record<string, unknown>[]> {
  return withAdminConnection(target, (run) => run(statement))
}
