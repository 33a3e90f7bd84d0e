import { refused, type Program } from '../program.ts'
import { applicationQuery, withDoor } from './openings.ts'

const noFacts = "Property '#facts' is missing in type"
const notAGrant = (type: string) => `Argument of type '${type}' is not assignable to parameter of type 'TenantGrant'.`

/** Only a grant opens a tenant’s database: no name, no id, no session. */
export const noGrant: Program[] = [
  refused(
    'packages/api',
    'the name of a company for a grant',
    withDoor("dataSources.withTenant(⟦'acme' ⇒ grant⟧, (db) => db.accounts.list(query))"),
    2345,
    notAGrant('string'),
  ),
  refused(
    'packages/api',
    'the id of a company for a grant',
    withDoor('session.tenant && dataSources.withTenant(⟦session.tenant.id ⇒ grant⟧, (db) => db.accounts.list(query))'),
    2345,
    notAGrant('string & $brand<"Tenant">'),
  ),
  refused(
    'packages/api',
    'the company of a session for a grant',
    withDoor('session.tenant && dataSources.withTenant(⟦session.tenant ⇒ grant⟧, (db) => db.accounts.list(query))'),
    2741,
    noFacts,
  ),
  refused(
    'packages/api',
    'a session for a grant',
    withDoor('dataSources.withTenant(⟦session ⇒ grant⟧, (db) => db.accounts.list(query))'),
    2741,
    "Property '#facts' is missing in type 'ResolvedSession'",
  ),
  refused(
    'packages/api',
    'a grant that may be absent',
    withDoor('dataSources.withTenant(⟦session.grant ⇒ grant⟧, (db) => db.accounts.list(query))'),
    2345,
    notAGrant('TenantGrant | null'),
  ),
  refused(
    'apps/cli',
    'a grant that was not waited for',
    `
import type { DataSources, TenantGrant } from '@tenantry/data-sources'
export const program = async (dataSources: DataSources, minted: Promise<TenantGrant>) => dataSources.withTenant(⟦ ⇒ await ⟧minted, async (db) => db)`,
    2741,
    "Property '#facts' is missing in type 'Promise<TenantGrant>'",
  ),
  refused(
    'packages/api',
    'an input that names the company, for a grant',
    `
import { SwitchTenantInput } from '@tenantry/contracts/session'
import { appProcedure } from '../procedures/application.ts'
const seeing = appProcedure.meta({ permission: 'members.see' }).input(SwitchTenantInput)
export const procedure = seeing.query(({ ctx, input }) => ctx.appDb.memberships.list(⟦input.tenantId ⇒ ctx.grant⟧))`,
    2345,
    notAGrant('string & $brand<"Tenant">'),
  ),
  refused(
    'packages/api',
    'the company a page was rendered for, for a grant',
    applicationQuery('ctx.appDb.audit.list(⟦ctx.assertedTenantId ⇒ ctx.grant⟧, input)'),
    2345,
    notAGrant('string | undefined'),
  ),
]
