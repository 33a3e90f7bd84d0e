import { refused, type Program } from '../program.ts'
import { withHandles } from './openings.ts'

const isNot = (from: string, to: string) => `Type '${from}' is missing the following properties from type '${to}'`

/** A handle in a union, a generic, a record, a list or a context of the other. */
export const crossedContainers: Program[] = [
  refused(
    'packages/api',
    'a union, used before it is told which plane it is',
    withHandles(
      "{ const list = (db: AppDb | TenantReader) => ⟦db.accounts ⇒ 'accounts' in db && db.accounts⟧; return list(appDb) }",
    ),
    2339,
    "Property 'accounts' does not exist on type 'AppDb | TenantReader'.",
  ),
  refused(
    'packages/api',
    'a union, told apart the wrong way round',
    withHandles(
      "{ const list = (db: AppDb | TenantReader) => ('users' in db ? ⟦db.accounts ⇒ db.users⟧ : undefined); return list(appDb) }",
    ),
    2339,
    "Property 'accounts' does not exist on type 'AppDb'.",
  ),
  refused(
    'packages/api',
    'a tagged union with the wrong handle under its tag',
    withHandles(`{
  type Plane = { plane: 'application'; db: AppDb } | { plane: 'tenant'; db: TenantReader }
  const plane: Plane = { plane: 'tenant', db: ⟦appDb ⇒ reader⟧ }
  return plane
}`),
    2322,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a switch over a tagged union that confuses its cases',
    withHandles(`{
  type Plane = { plane: 'application'; db: AppDb } | { plane: 'tenant'; db: TenantReader }
  const list = (of: Plane) => {
    switch (of.plane) {
      case ⟦'application' ⇒ 'tenant'⟧:
        return of.db.accounts.list(query)
      default:
        return undefined
    }
  }
  return list({ plane: 'tenant', db: reader })
}`),
    2339,
    "Property 'accounts' does not exist on type 'AppDb'.",
  ),
  refused(
    'packages/api',
    'a generic function whose constraint the handle does not meet',
    withHandles(
      '{ const count = <Db extends TenantReader>(db: Db) => db.accounts.count(query); return count(⟦appDb ⇒ writer⟧) }',
    ),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a generic function without a constraint',
    withHandles(
      '{ const count = <Db⟦ ⇒  extends TenantReader⟧>(db: Db) => db.accounts.count(query); return count(reader) }',
    ),
    2339,
    "Property 'accounts' does not exist on type 'Db'.",
  ),
  refused(
    'packages/api',
    'a generic type given the wrong handle',
    withHandles(
      '{ interface Job<Db extends TenantReader> { run(db: Db): unknown }; const job: Job<⟦AppDb ⇒ TenantDb⟧> = { run: (db) => db }; return job }',
    ),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a record of handles with two of them swapped',
    withHandles(
      '{ const planes: { app: AppDb; tenant: TenantReader } = { app: appDb, tenant: ⟦appDb ⇒ reader⟧ }; return planes }',
    ),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a record checked with satisfies',
    withHandles(
      '{ const planes = { tenant: ⟦appDb ⇒ reader⟧ } satisfies Record<string, TenantReader>; return planes }',
    ),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a tuple in the wrong order',
    withHandles('{ const planes: [AppDb, TenantReader] = [⟦reader ⇒ appDb⟧, reader]; return planes }'),
    2740,
    isNot('TenantReader', 'AppDb'),
  ),
  refused(
    'packages/api',
    'a map of tenant handles',
    withHandles("{ const open = new Map<string, TenantReader>(); return open.set('acme', ⟦appDb ⇒ reader⟧) }"),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'a context with its handles swapped',
    withHandles(`{
  interface Work { appDb: AppDb; tenantDb: TenantReader }
  const listed = ({ tenantDb }: Work) => tenantDb.accounts.list(query)
  return listed({ appDb, tenantDb: ⟦appDb ⇒ reader⟧ })
}`),
    2740,
    isNot('AppDb', 'TenantReader'),
  ),
  refused(
    'packages/api',
    'services with a tenant handle as the application database',
    `
import type { TenantDb } from '@tenantry/data-sources'
import type { AppDb } from '../planes.ts'
import { createContext, type RequestFacts } from '../procedures/context.ts'
import type { Services } from '../procedures/services.ts'
interface Given { services: Services; appDb: AppDb; tenantDb: TenantDb; request: RequestFacts }
export const program = ({ services, appDb, tenantDb, request }: Given) => createContext({ ...services, appDb: ⟦tenantDb ⇒ appDb⟧ }, request)`,
    2740,
    isNot('TenantDb', 'AppDb'),
  ),
]
