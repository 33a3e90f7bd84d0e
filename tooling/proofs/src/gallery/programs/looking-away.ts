import { linted, type Program } from '../program.ts'
import { lintable } from './openings.ts'

/** Ways to keep the compiler from looking, which lint sees. */
export const lookingAway: Program[] = [
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
import type { TenantReader } from '@tenantry/data-sources'
export const program = (db: TenantReader) => db.accounts`,
    'ban-ts-comment',
  ),
]
