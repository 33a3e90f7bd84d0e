import { linted, type Program } from '../program.ts'

/** Paths, names and tools that lead around a wall, which lint sees. */
export const aroundTheWalls: Program[] = [
  linted(
    'packages/api',
    'reaches into the tenant database by a relative path',
    "export * as found from '⟦../../../tenant-db/src/open.ts ⇒ @tenantry/data-sources⟧'",
    'one-door',
  ),
  linted(
    'packages/api',
    'reaches for types by a relative path',
    "export type { TenantDb } from '⟦../../../tenant-db/src/types.ts ⇒ @tenantry/data-sources⟧'",
    'one-door',
  ),
  linted(
    'apps/web',
    'reaches into the application database by a relative path',
    "export * as found from '⟦../../../../packages/app-db/src/open.ts ⇒ @tenantry/api/router⟧'",
    'one-door',
  ),
  linted(
    'packages/api',
    'reaches for the query builder where pnpm stores it',
    "export * as found from '⟦../../../../node_modules/.pnpm/node_modules/drizzle-orm/index.js ⇒ zod⟧'",
    'one-door',
  ),
  linted(
    'packages/api',
    'imports a module whose name is computed',
    "export const load = (name: string): Promise<unknown> => import(⟦`@tenantry/${name}/open` ⇒ '@tenantry/data-sources'⟧).then((found: unknown) => [found, name])",
    'one-door',
  ),
  linted(
    'packages/api',
    'requires the tenant database',
    "export const found: unknown = ⟦require('@tenantry/tenant-db/open') ⇒ undefined⟧",
    'one-door',
  ),
  linted(
    'packages/api',
    'makes a require of its own',
    "export { ⟦createRequire } from 'node:module ⇒ join } from 'node:path⟧'",
    'one-door',
  ),
  linted(
    'packages/api',
    'opens a pool of connections',
    "export { ⟦openPool } from '@tenantry/connections/pool ⇒ parseTarget } from '@tenantry/connections/target⟧'",
    'one-door',
  ),
  linted(
    'packages/api',
    'connects as the administrator',
    "export { ⟦withAdminConnection } from '@tenantry/connections/admin ⇒ parseTarget } from '@tenantry/connections/target⟧'",
    'one-door',
  ),
  linted(
    'packages/api',
    'opens the application database anew in a router',
    "export { ⟦openAppDb } from '@tenantry/app-db/open ⇒ grantFacts } from '@tenantry/app-db/grants⟧'",
    'one-door',
  ),
  linted(
    'packages/api',
    'imports what tells the services of a context in a router',
    "export { ⟦servicesOf } from '../procedures/surroundings/ticket.ts ⇒ router } from '../procedures/router.ts⟧'",
    'one-door',
  ),
  linted(
    'packages/auth',
    'opens the application database anew',
    "export type { ⟦AppDbConnection } from '@tenantry/app-db/open ⇒ AppDb } from '@tenantry/app-db/types⟧'",
    'one-door',
  ),
  linted(
    'apps/cli',
    'opens a connection of its own',
    "export { ⟦openDatabase } from '@tenantry/connections/database ⇒ parseTarget } from '@tenantry/connections/target⟧'",
    'one-door',
  ),
  linted(
    'packages/api',
    'opens a test database',
    "export { ⟦createTenantDatabase } from '@tenantry/testing/tenant-database ⇒ openDataSources } from '@tenantry/data-sources⟧'",
    'no-development-imports',
  ),
  linted(
    'packages/api',
    'reads the address of a database from the environment',
    "export const url = (given: string | undefined) => ⟦process.env['APP_DATABASE_URL'] ⇒ given⟧",
    'environment-in-one-place',
  ),
  linted(
    'packages/app-db',
    'opens a transaction of Drizzle’s own',
    'export const run = (db: { transaction(work: () => void): void; select(): void }) => db.⟦transaction(() => undefined) ⇒ select()⟧',
    'no-raw-database-control',
  ),
  linted(
    'packages/app-db',
    'sends text as SQL',
    "export const run = (sql: { unsafe(text: string): void; safe(text: string): void }) => sql.⟦unsafe ⇒ safe⟧('select 1')",
    'no-raw-database-control',
  ),
]
