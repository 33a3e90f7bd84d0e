import { refused, type Folder, type Program } from '../program.ts'

/** Packages a folder has not declared, or sub-paths that a package does not export. */
const closed: [Folder, string, string][] = [
  ['packages/api', 'the door of the tenant database', '@tenantry/tenant-db/open'],
  ['packages/api', 'the tables of the tenant database', '@tenantry/tenant-db/accounts/table'],
  ['packages/api', 'the query builder', 'drizzle-orm'],
  ['packages/api', 'the query builder’s tables', 'drizzle-orm/pg-core'],
  ['packages/api', 'the driver', 'postgres'],
  ['packages/api', 'provisioning', '@tenantry/fleet/provision'],
  ['packages/api', 'the root of the application database', '@tenantry/app-db'],
  ['packages/api', 'a table of the application database', '@tenantry/app-db/tenants/table'],
  ['packages/api', 'the source of the application database', '@tenantry/app-db/src/schema.ts'],
  ['packages/api', 'the maker of grants', '@tenantry/app-db/grants/grant'],
  ['packages/api', 'the inside of data sources', '@tenantry/data-sources/manager'],
  ['packages/api', 'the inside of connections', '@tenantry/connections/link'],
  ['packages/app-db', 'the other plane', '@tenantry/tenant-db/open'],
  ['packages/tenant-db', 'the other plane', '@tenantry/app-db/open'],
  ['packages/connections', 'a plane above it', '@tenantry/app-db/open'],
  ['packages/auth', 'a tenant’s database', '@tenantry/data-sources'],
  ['packages/data-sources', 'tables behind their package', '@tenantry/tenant-db/schema'],
  ['packages/data-sources', 'the query builder', 'drizzle-orm'],
  ['packages/fleet', 'tables behind their package', '@tenantry/tenant-db/src/accounts/table.ts'],
  ['apps/web', 'the application database', '@tenantry/app-db/open'],
  ['apps/web', 'the door to tenant databases', '@tenantry/data-sources'],
  ['apps/web', 'connections', '@tenantry/connections/pool'],
  ['apps/web', 'the key ring', '@tenantry/credentials/keyring'],
  ['apps/web', 'the procedures with their services', '@tenantry/api/procedures'],
  ['apps/web', 'the driver', 'postgres'],
  ['apps/cli', 'the door of the tenant database', '@tenantry/tenant-db/open'],
  ['apps/cli', 'the query builder', 'drizzle-orm'],
]

/** Something each folder may import. */
const open: Record<Folder, string> = {
  'packages/api': '@tenantry/app-db/grants',
  'packages/app-db': '@tenantry/connections/statement',
  'packages/auth': '@tenantry/app-db/types',
  'packages/connections': '@tenantry/errors',
  'packages/contracts': 'zod',
  'packages/data-sources': '@tenantry/tenant-db/open',
  'packages/fleet': '@tenantry/tenant-db/provision',
  'packages/tenant-db': '@tenantry/connections/statement',
  'apps/cli': '@tenantry/data-sources',
  'apps/web': '@tenantry/api/runtime',
}

const missing = (specifier: string) => `Cannot find module '${specifier}' or its corresponding type declarations.`

/** pnpm resolves only what a package declares, and a package exports only what it means to. */
export const closedDoors: Program[] = [
  ...closed.map(([folder, what, specifier]) =>
    refused(
      folder,
      `imports ${what}`,
      `export * as found from '⟦${specifier} ⇒ ${open[folder]}⟧'`,
      2307,
      missing(specifier),
    ),
  ),
  refused(
    'packages/api',
    'imports only types of the tenant database',
    "import type { ⟦TenantDb } from '@tenantry/tenant-db/types ⇒ TenantDb } from '@tenantry/data-sources⟧'\nexport type Found = TenantDb",
    2307,
    missing('@tenantry/tenant-db/types'),
  ),
  refused(
    'packages/api',
    'names a type of the tenant database in place',
    "export type Found = import('⟦@tenantry/tenant-db/types ⇒ @tenantry/data-sources⟧').TenantDb",
    2307,
    missing('@tenantry/tenant-db/types'),
  ),
  refused(
    'packages/api',
    'imports the tenant database when it runs',
    "export const load = () => import('⟦@tenantry/tenant-db/open ⇒ @tenantry/data-sources⟧')",
    2307,
    missing('@tenantry/tenant-db/open'),
  ),
  refused(
    'packages/api',
    'imports the tenant database for its effects',
    "import '⟦@tenantry/tenant-db/open ⇒ @tenantry/data-sources⟧'",
    2882,
    "Cannot find module or type declarations for side-effect import of '@tenantry/tenant-db/open'.",
  ),
  refused(
    'packages/contracts',
    'imports the application database into what the browser sees',
    "export * as found from '⟦@tenantry/app-db/types ⇒ zod⟧'",
    2307,
    missing('@tenantry/app-db/types'),
  ),
  refused(
    'apps/web',
    'imports the tenant database’s types into a page',
    "import type * as found from '⟦@tenantry/tenant-db/types ⇒ @tenantry/api/router⟧'\nexport type Found = typeof found",
    2307,
    missing('@tenantry/tenant-db/types'),
  ),
  refused(
    'apps/web',
    'takes a handle out of the runtime',
    "import type { Runtime } from '@tenantry/api/runtime'\nexport const program = (runtime: Runtime) => runtime.⟦appDb ⇒ logger⟧",
    2339,
    "Property 'appDb' does not exist on type 'Runtime'.",
  ),
  refused(
    'apps/web',
    'takes the door out of the runtime',
    "import type { Runtime } from '@tenantry/api/runtime'\nexport const program = (runtime: Runtime) => runtime.⟦dataSources ⇒ logger⟧",
    2339,
    "Property 'dataSources' does not exist on type 'Runtime'.",
  ),
]
