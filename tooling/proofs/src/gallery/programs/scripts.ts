import { refused, type Program } from '../program.ts'
import { script } from './openings.ts'

const forGrant = "is not assignable to parameter of type 'TenantGrant'."

/** Programs that rightly hold several planes and several tenants, where mixing them up is easiest. */
export const scripts: Program[] = [
  refused(
    'apps/cli',
    'business data asked of the application database',
    script(
      "{\n  const grant = await app.grants.forOperator(operatorName, 'acme', why)\n  return dataSources.withTenant(grant, (db) => ⟦app.db ⇒ db⟧.accounts.list(query))\n}",
    ),
    2339,
    "Property 'accounts' does not exist on type 'AppDb'.",
  ),
  refused(
    'apps/cli',
    'people asked of a tenant’s database',
    script(
      "{\n  const grant = await app.grants.forOperator(operatorName, 'acme', why)\n  return dataSources.withTenant(grant, (db) => ⟦db ⇒ app.db⟧.memberships.list(grant))\n}",
    ),
    2339,
    "Property 'memberships' does not exist on type 'TenantReader'.",
  ),
  refused(
    'apps/cli',
    'members projected into the application database',
    script(
      "{\n  const grant = await app.grants.forOperator(operatorName, 'acme', why)\n  const members = await app.db.memberships.list(grant)\n  return dataSources.withTenantWriter(grant, (db) => ⟦app.db ⇒ db⟧.memberRefs.put(members))\n}",
    ),
    2339,
    "Property 'memberRefs' does not exist on type 'AppDb'.",
  ),
  refused(
    'apps/cli',
    'members projected through a reading handle',
    script(
      "{\n  const grant = await app.grants.forOperator(operatorName, 'acme', why)\n  const members = await app.db.memberships.list(grant)\n  return dataSources.⟦withTenant ⇒ withTenantWriter⟧(grant, (db) => db.memberRefs.put(members))\n}",
    ),
    2339,
    "Property 'put' does not exist on type 'MemberRefsReader'.",
  ),
  refused(
    'apps/cli',
    'a loop over companies that opens each by its name',
    script(
      '{\n  for (const { slug } of await app.db.tenants.listForOperator()) {\n    const grant = await app.grants.forOperator(operatorName, slug, why)\n    await dataSources.withTenant(⟦slug ⇒ grant⟧, (db) => db.accounts.list(query))\n    await app.db.audit.list(grant, { limit: 1 })\n  }\n}',
    ),
    2345,
    `Argument of type 'string' ${forGrant}`,
  ),
  refused(
    'apps/cli',
    'a loop over companies that opens each by its row',
    script(
      '{\n  const tenants = await app.db.tenants.listForOperator()\n  const grants = await Promise.all(tenants.map(({ slug }) => app.grants.forOperator(operatorName, slug, why)))\n  return Promise.all(⟦tenants ⇒ grants⟧.map((each) => dataSources.withTenant(each, (db) => db.accounts.list(query))))\n}',
    ),
    2741,
    "Property '#facts' is missing in type 'OperatorTenant' but required in type 'TenantGrant'.",
  ),
  refused(
    'apps/cli',
    'a company’s id in the application for its id in the database',
    script(
      "{\n  const [tenant] = await app.db.tenants.listForOperator()\n  const grant = await app.grants.forOperator(operatorName, tenant?.slug ?? '', why)\n  return dataSources.clearTenantCache(⟦tenant!.id ⇒ grant⟧)\n}",
    ),
    2345,
    forGrant,
  ),
  refused(
    'apps/cli',
    'rows copied into the handle they are read from',
    script(
      "{\n  const copy = async (from: TenantReader, to: TenantDb) => [from, to]\n  const grant = await app.grants.forOperator(operatorName, 'acme', why)\n  return dataSources.withTenant(grant, (from) => dataSources.withTenantWriter(grant, (to) => copy(⟦to, from ⇒ from, to⟧)))\n}\ntype TenantReader = import('@tenantry/data-sources').TenantReader\ntype TenantDb = import('@tenantry/data-sources').TenantDb",
    ),
    2739,
    "Type 'TenantReader' is missing the following properties from type 'TenantDb'",
  ),
  refused(
    'apps/cli',
    'a list of work, each on a handle of its own plane, called with the other',
    script(
      "{\n  const jobs: ((db: AppDb) => Promise<unknown>)[] = [(db) => ⟦db.contacts.list(query) ⇒ db.tenants.listForOperator()⟧]\n  return Promise.all(jobs.map((job) => job(app.db)))\n}\ntype AppDb = import('@tenantry/app-db/types').AppDb",
    ),
    2339,
    "Property 'contacts' does not exist on type 'AppDb'.",
  ),
  refused(
    'apps/cli',
    'one transaction meant to span both planes',
    script(
      'app.db.transaction(async (tx) => {\n  await tx.⟦opportunities.count(query) ⇒ tenants.listForOperator()⟧\n})',
    ),
    2339,
    "Property 'opportunities' does not exist on type 'AppDb'.",
  ),
  refused(
    'apps/cli',
    'handles kept by company, one of them not the company’s',
    script(
      "{\n  const handles: Record<string, import('@tenantry/data-sources').TenantReader> = {}\n  const grant = await app.grants.forOperator(operatorName, 'acme', why)\n  return dataSources.withTenant(grant, async (db) => {\n    handles['acme'] = ⟦app.db ⇒ db⟧\n    return handles\n  })\n}",
    ),
    2740,
    "Type 'AppDb' is missing the following properties from type 'TenantReader'",
  ),
  refused(
    'packages/fleet',
    'a tenant’s handle given to provisioning',
    `
import type { AppDb } from '@tenantry/app-db/types'
import type { TenantDb } from '@tenantry/tenant-db/types'
import type { ProvisionOptions } from '../provision-tenant.ts'
export const program = (options: ProvisionOptions, appDb: AppDb, tenantDb: TenantDb): ProvisionOptions => ({ ...options, appDb: ⟦tenantDb ⇒ appDb⟧ })`,
    2740,
    "Type 'TenantDb' is missing the following properties from type 'AppDb'",
  ),
  refused(
    'packages/fleet',
    'a pool opened by the text of an address',
    `
import { openPool } from '@tenantry/connections/pool'
import { parseTarget } from '@tenantry/connections/target'
export const program = (url: string) => openPool(⟦url ⇒ { ...parseTarget(url), user: 'me', password: () => 'secret' }⟧)`,
    2345,
    "Argument of type 'string' is not assignable to parameter of type 'Target'.",
  ),
  refused(
    'packages/data-sources',
    'a handle made over a pool instead of what it lends',
    `
import { openDatabase } from '@tenantry/connections/database'
import type { Pool } from '@tenantry/connections/pool'
import { tenantReader } from '@tenantry/tenant-db/open'
export const program = (pool: Pool) => [tenantReader(⟦pool ⇒ openDatabase(pool).reader⟧), openDatabase]`,
    2739,
    "Type 'Pool' is missing the following properties from type 'Executor'",
  ),
  refused(
    'packages/data-sources',
    'a tenant’s handle made over the application database',
    `
import type { AppDb } from '@tenantry/app-db/types'
import type { Executor } from '@tenantry/connections/database'
import { tenantReader } from '@tenantry/tenant-db/open'
export const program = (appDb: AppDb, executor: Executor) => [tenantReader(⟦appDb ⇒ executor⟧), appDb]`,
    2739,
    "Type 'AppDb' is missing the following properties from type 'Executor'",
  ),
]
