import { refused, type Program } from '../program.ts'
import { script, withDoor, withHandles } from './openings.ts'

const isNot = (from: string, to: string) => `Type '${from}' is missing the following properties from type '${to}'`

/** A handle passed, returned, assigned or called as the other. */
export const crossedValues: Program[] = [
  refused(
    'packages/api',
    'an argument: the application database for a reading handle',
    withHandles('{ const read = (db: TenantReader) => db.accounts.list(query); return read(⟦appDb ⇒ reader⟧) }'),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'an argument: the application database for a writing handle',
    withHandles('{ const write = (db: TenantDb) => db.accounts.list(query); return write(⟦appDb ⇒ writer⟧) }'),
    2740,
    isNot('AppDb', 'TenantDb'),
  ),
  refused(
    'packages/api',
    'an argument: a writing handle for the application database',
    withHandles('{ const read = (db: AppDb) => db.audit; return read(⟦writer ⇒ appDb⟧) }'),
    2740,
    isNot('TenantDb', 'AppDb'),
  ),
  refused(
    'packages/api',
    'an argument: a reading handle for a writing one',
    withHandles('{ const write = (db: TenantDb) => db.accounts.list(query); return write(⟦reader ⇒ writer⟧) }'),
    2739,
    isNot('TenantReader', 'TenantDb'),
  ),
  refused(
    'packages/api',
    'an argument left out, with the wrong handle as its default',
    withHandles('{ const read = (db: TenantReader = ⟦appDb ⇒ reader⟧) => db.accounts.list(query); return read() }'),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a return value',
    withHandles('{ const pick = (): TenantReader => ⟦appDb ⇒ reader⟧; return pick().accounts.list(query) }'),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a promised return value',
    withHandles(
      '{ const pick = async (): Promise<TenantReader> => ⟦appDb ⇒ reader⟧; return (await pick()).accounts.list(query) }',
    ),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a variable assigned later',
    withHandles('{ let db: TenantReader = reader; db = ⟦appDb ⇒ writer⟧; return db.accounts.list(query) }'),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'the two arguments of one function swapped',
    withHandles(
      '{ const project = async (from: AppDb, to: TenantDb) => [from.audit, to.accounts]; return project(⟦writer, appDb ⇒ appDb, writer⟧) }',
    ),
    2740,
    isNot('TenantDb', 'AppDb'),
  ),
  refused(
    'packages/api',
    'work for a tenant that expects the application database',
    withDoor('{ const work = async (db: ⟦AppDb ⇒ TenantReader⟧) => db; return dataSources.withTenant(grant, work) }'),
    2345,
    "Argument of type '(db: AppDb) => Promise<AppDb>' is not assignable to parameter of type '(db: TenantReader) => Promise<",
  ),
  refused(
    'packages/api',
    'a transaction of the application database that expects a tenant handle',
    withHandles('{ const work = async (db: ⟦TenantDb ⇒ AppDb⟧) => db; return appDb.transaction(work) }'),
    2345,
    "Argument of type '(db: TenantDb) => Promise<TenantDb>' is not assignable to parameter of type '(db: AppDb) => Promise<",
  ),
  refused(
    'packages/api',
    'reading work that expects to write',
    withDoor(
      '{ const work = async (db: ⟦TenantDb ⇒ TenantReader⟧) => db; return dataSources.withTenant(grant, work) }',
    ),
    2345,
    "Argument of type '(db: TenantDb) => Promise<TenantDb>' is not assignable to parameter of type '(db: TenantReader) => Promise<",
  ),
  refused(
    'packages/data-sources',
    'a repository of one plane for that of the other',
    `
import type { AppDb } from '@tenantry/app-db/types'
import type { TenantReader } from '@tenantry/tenant-db/types'
export const program = (appDb: AppDb, reader: TenantReader): TenantReader['accounts'] => ⟦appDb.memberships ⇒ reader.accounts⟧`,
    2739,
    "Type 'MembershipsRepository' is missing the following properties from type 'AccountsReader'",
  ),
  refused(
    'apps/cli',
    'data sources opened over a tenant handle',
    `
import type { AppDb } from '@tenantry/app-db/types'
import type { Keyring } from '@tenantry/credentials/keyring'
import { openDataSources, type TenantDb } from '@tenantry/data-sources'
import type { Logger } from '@tenantry/telemetry/logger'
interface Given { appDb: AppDb; tenantDb: TenantDb; keyring: Keyring; logger: Logger }
export const program = ({ appDb, tenantDb, keyring, logger }: Given) => openDataSources({ appDb: ⟦tenantDb ⇒ appDb⟧, keyring, logger })`,
    2740,
    isNot('TenantDb', 'AppDb'),
  ),
  refused(
    'apps/cli',
    'sign-in opened over the door to tenant databases',
    script(`{
  const { openAuth } = await import('@tenantry/auth')
  const logger = { warn: () => undefined }
  return openAuth({ appDb: ⟦dataSources ⇒ app.db⟧, sessionSecret: 'x', origin: 'https://x', trustedProxyHops: 0, logger })
}`),
    2322,
    "Type 'DataSources' is not assignable to type 'AppDb'.",
  ),
]
