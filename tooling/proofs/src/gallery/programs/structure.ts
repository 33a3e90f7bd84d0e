import { failsClosed, linted, refused, type Group } from '../program.ts'
import { lintable, running, runningInside, withHandles } from './openings.ts'

/** Handles are nominal: what looks like one is none, and what is called one by a cast has nothing to ask. */
export const structure: Group = {
  title: 'Structural tricks',
  programs: [
    refused(
      'packages/api',
      'an object with the same repositories',
      withHandles(`{
  const { accounts, contacts, opportunities, pipelines, memberRefs, changes, identity } = reader
  const db: TenantReader = ⟦{ accounts, contacts, opportunities, pipelines, memberRefs, changes, identity } ⇒ reader⟧
  return { db, accounts, contacts, opportunities, pipelines, memberRefs, changes, identity }
}`),
      2741,
      "Property '#isHandle' is missing in type",
    ),
    refused(
      'packages/api',
      'a spread copy of a handle',
      withHandles('{ const db: TenantReader = ⟦{ ...reader } ⇒ reader⟧; return db }'),
      2741,
      "Property '#isHandle' is missing in type",
    ),
    refused(
      'packages/api',
      'a handle of both planes, put together',
      withHandles(
        '{ const both: AppDb & TenantReader = ⟦{ ...appDb, ...reader } ⇒ Object.assign(appDb, reader)⟧; return both }',
      ),
      2322,
      "is not assignable to type 'AppDb & TenantReader'",
    ),
    refused(
      'packages/api',
      'an interface of both planes',
      withHandles(
        '{ interface Both extends AppDb⟦, TenantDb ⇒ ⟧ { readonly also: string }; return (db: Both) => db.also }',
      ),
      2320,
      "Interface 'Both' cannot simultaneously extend types 'AppDb' and 'TenantDb'.",
    ),
    refused(
      'packages/api',
      'a class that claims to be a handle',
      withHandles(`{
  class Fake ⟦implements TenantReader ⇒ implements Pick<TenantReader, 'accounts'>⟧ {
    readonly accounts = reader.accounts
    readonly contacts = reader.contacts
    readonly opportunities = reader.opportunities
    readonly pipelines = reader.pipelines
    readonly memberRefs = reader.memberRefs
    readonly changes = reader.changes
    readonly identity = reader.identity
  }
  return new Fake()
}`),
      2720,
      "Class 'Fake' incorrectly implements class 'TenantReader'.",
    ),
    refused(
      'packages/api',
      'a class that extends a handle',
      `
import type { TenantReader } from '../planes.ts'
export class Mine ⟦extends TenantReader ⇒ ⟧ {
  readonly mine = true
}`,
      1361,
      "'TenantReader' cannot be used as a value because it was imported using 'import type'.",
    ),
    refused(
      'packages/api',
      'a handle made by hand',
      `
import type { TenantReader } from '@tenantry/data-sources'
export const make = (executor: never, reader: TenantReader): unknown => [executor, ⟦new TenantReader(executor) ⇒ reader⟧]`,
      1361,
      "'TenantReader' cannot be used as a value because it was imported using 'import type'.",
    ),
    refused(
      'packages/api',
      'the class of a handle, imported as a value',
      `
import { type TenantReader, ⟦TenantDb ⇒ openDataSources⟧ } from '@tenantry/data-sources'
export type Found = TenantReader`,
      1485,
      "'TenantDb' resolves to a type-only declaration",
    ),
    refused(
      'packages/api',
      'a handle turned into the other by a cast',
      withHandles('(⟦appDb as TenantReader ⇒ writer as TenantReader⟧).accounts.list(query)'),
      2352,
      "Conversion of type 'AppDb' to type 'TenantReader' may be a mistake",
    ),
    refused(
      'packages/api',
      'a look-alike turned into a handle by a cast',
      withHandles('⟦({ list: () => [] } as TenantReader) ⇒ (writer as TenantReader)⟧.accounts.list(query)'),
      2352,
      "to type 'TenantReader' may be a mistake",
    ),
    refused(
      'packages/api',
      'a missing repository declared present with !',
      withHandles('⟦appDb ⇒ reader⟧.accounts!.list(query)'),
      2339,
      "Property 'accounts' does not exist on type 'AppDb'.",
    ),
    refused(
      'packages/api',
      'a key of one plane called a key of the other',
      withHandles("{ const key: keyof AppDb = ⟦'accounts' ⇒ 'audit'⟧; return appDb[key] }"),
      2322,
      'Type \'"accounts"\' is not assignable to type',
    ),
    refused(
      'packages/api',
      'the constructor of a handle, called',
      withHandles('new ⟦reader.constructor ⇒ Set⟧()'),
      2351,
      'This expression is not constructable.',
    ),
    {
      ...linted(
        'packages/api',
        'a declaration that adds accounts to the application database',
        `
import type { AppDb } from '@tenantry/app-db/types'
⟦declare module '@tenantry/app-db/types' {
  interface AppDb {
    readonly accounts: { list(): Promise<object[]> }
  }
}
export const program = (db: AppDb) => db.accounts.list() ⇒ export const program = (db: AppDb) => db.users⟧`,
        'one-door',
      ),
      isAlone: true,
    },
    linted(
      'packages/api',
      'a handle of type any',
      lintable('{ const db: ⟦any ⇒ TenantReader⟧ = given.reader; return read(db, given) }'),
      'no-explicit-any',
    ),
    linted(
      'packages/api',
      'a handle out of JSON',
      lintable("read(⟦JSON.parse('{}') ⇒ given.reader⟧, given)"),
      'no-unsafe-argument',
    ),
    linted(
      'packages/api',
      'a handle that inherits from another',
      lintable('{ const db: TenantReader = ⟦Object.create(given.appDb) ⇒ given.reader⟧; return read(db, given) }'),
      'no-unsafe-assignment',
    ),
    linted(
      'packages/api',
      'a repository fetched by reflection',
      lintable("⟦Reflect.get(given.appDb, 'accounts') ⇒ given.reader.accounts⟧.list(given.query)"),
      'no-unsafe-call',
    ),
    linted(
      'packages/api',
      'the compiler told to look away',
      lintable(`{
  ⟦// @ts-ignore
  const db: TenantReader = given.appDb ⇒ const db: TenantReader = given.reader⟧
  return read(db, given)
}`),
      'ban-ts-comment',
    ),
    linted(
      'packages/api',
      'the compiler told that an error is expected',
      lintable(`{
  ⟦// @ts-expect-error -- accounts are there
  const rows: unknown = await given.appDb.accounts.list(given.query) ⇒ const rows: unknown = await read(given.reader, given)⟧
  return rows
}`),
      'no-unsafe-call',
    ),
    linted(
      'packages/api',
      'a whole file kept from the compiler',
      `⟦// @ts-nocheck ⇒ // checked⟧
import type { TenantReader } from '../planes.ts'
export const program = (db: TenantReader) => db.accounts`,
      'ban-ts-comment',
    ),
    failsClosed(
      'packages/api',
      'a handle cast in two steps',
      runningInside('    return read(⟦at.app as unknown as TenantReader ⇒ at.tenant⟧, given)'),
      'TypeError',
    ),
    failsClosed(
      'packages/api',
      'a type guard that lies',
      runningInside(`    const isTenant = (db: Handle): db is TenantReader => typeof db === 'object'
    const db: Handle = at.⟦app ⇒ tenant⟧
    return isTenant(db) ? read(db, given) : undefined`),
      'TypeError',
    ),
    failsClosed(
      'packages/api',
      'an overload that lies',
      runningInside(`    function asReader(db: Handle): TenantReader
    function asReader(db: unknown): unknown {
      return db
    }
    return read(asReader(at.⟦app ⇒ tenant⟧), given)`),
      'TypeError',
    ),
    failsClosed(
      'packages/api',
      'a method whose parameter is narrower than promised',
      runningInside(`    const work: { run(db: Handle): unknown } = { run: (db: TenantReader) => read(db, given) }
    return work.run(at.⟦app ⇒ tenant⟧)`),
      'TypeError',
    ),
    failsClosed(
      'packages/api',
      'a list of tenant handles, widened and added to',
      runningInside(`    const readers: TenantReader[] = []
    const handles: Handle[] = readers
    handles.push(at.⟦app ⇒ tenant⟧)
    return Promise.all(readers.map((db) => read(db, given)))`),
      'TypeError',
    ),
    failsClosed(
      'packages/api',
      'a record of handles, changed through a wider view of it',
      runningInside(`    const planes = { tenant: at.tenant }
    const view: { tenant: Handle } = planes
    view.tenant = at.⟦app ⇒ tenant⟧
    return read(planes.tenant, given)`),
      'TypeError',
    ),
    failsClosed(
      'packages/api',
      'a reading handle cast to a writing one',
      running(
        '  return given.dataSources.⟦withTenant ⇒ withTenantWriter⟧(given.grant, (db: TenantReader) => (db as TenantDb).accounts.create(newAccount))',
      ),
      'TypeError',
    ),
  ],
}
