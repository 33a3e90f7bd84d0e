import { refused, type Program } from '../program.ts'
import { withHandles } from './openings.ts'

/** Handles are nominal: what has the same shape is none, and none can be made or extended outside its package. */
export const lookAlikes: Program[] = [
  refused(
    'packages/api',
    'an object with the same repositories',
    withHandles(`{
  const repositories: Pick<TenantReader, keyof TenantReader> = reader
  const db: TenantReader = ⟦repositories ⇒ reader⟧
  return { db, repositories }
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
import type { TenantReader } from '@tenantry/data-sources'
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
export const make = (executor: never, reader: TenantReader): unknown => [executor, ⟦new TenantReader(executor, null) ⇒ reader⟧]`,
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
]
