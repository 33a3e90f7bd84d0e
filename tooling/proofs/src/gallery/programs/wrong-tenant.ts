import { failsClosed, linted, refused, type Group } from '../program.ts'
import { applicationQuery, businessMutation, businessQuery, lintable, page, running, withDoor } from './openings.ts'

const noFacts = "Property '#facts' is missing in type"
const notAGrant = (type: string) => `Argument of type '${type}' is not assignable to parameter of type 'TenantGrant'.`
const notThisId = 'to parameter of type \'string & $brand<"Account">\'.'

/** A grant cannot be written, edited, copied or outlived, and no method takes the id of a tenant. */
export const wrongTenant: Group = {
  title: 'Wrong tenant',
  programs: [
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
      withDoor(
        'session.tenant && dataSources.withTenant(⟦session.tenant.id ⇒ grant⟧, (db) => db.accounts.list(query))',
      ),
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
import { appProcedure } from '../procedures.ts'
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
    refused(
      'packages/api',
      'a look-alike of a grant',
      withDoor(`{
  const forged = { tenantId: session.tenant?.id, tenantSlug: 'acme', access: 'write', dataSourceVersion: 1 }
  return dataSources.withTenant(⟦forged ⇒ grant⟧, async (db) => [db, forged])
}`),
      2741,
      noFacts,
    ),
    refused(
      'packages/api',
      'a look-alike of a grant, cast',
      withDoor(
        "dataSources.withTenant(⟦{ tenantSlug: 'acme' } as TenantGrant ⇒ grant⟧, (db) => db.accounts.list(query))",
      ),
      2352,
      "to type 'TenantGrant' may be a mistake",
    ),
    refused(
      'packages/api',
      'a grant copied with another company',
      withDoor("dataSources.withTenant(⟦{ ...grant, tenantSlug: 'acme' } ⇒ grant⟧, (db) => db.accounts.list(query))"),
      2353,
      "'tenantSlug' does not exist in type 'TenantGrant'.",
    ),
    refused(
      'packages/api',
      'a class that claims to be a grant',
      "import type { TenantGrant } from '../planes.ts'\nexport class Forged ⟦implements TenantGrant ⇒ ⟧ {\n  readonly tenantSlug = 'acme'\n}",
      2720,
      "Class 'Forged' incorrectly implements class 'TenantGrant'.",
    ),
    refused(
      'packages/api',
      'a grant edited in place',
      "import { grantFacts, type TenantGrant } from '@tenantry/app-db/grants'\nexport const program = (grant: TenantGrant) => ⟦(grant.tenantSlug = 'acme') ⇒ grantFacts(grant).tenantSlug⟧",
      2339,
      "Property 'tenantSlug' does not exist on type 'TenantGrant'.",
    ),
    refused(
      'packages/api',
      'the facts of a grant edited',
      "import { grantFacts, type TenantGrant } from '@tenantry/app-db/grants'\nexport const program = (grant: TenantGrant) => grantFacts(grant).access⟦ = 'write' ⇒ ⟧",
      2540,
      "Cannot assign to 'access' because it is a read-only property.",
    ),
    refused(
      'packages/api',
      'the private facts of a grant, read',
      "import { grantFacts, type TenantGrant } from '@tenantry/app-db/grants'\nexport const program = (grant: TenantGrant) => ⟦grant.#facts ⇒ grantFacts(grant)⟧",
      18013,
      "Property '#facts' is not accessible outside class 'TenantGrant'",
    ),
    refused(
      'packages/api',
      'a grant minted by a router',
      "import { ⟦mintGrant ⇒ isGenuineGrant⟧ as tool } from '@tenantry/app-db/grants'\nexport const found = tool",
      2305,
      "has no exported member 'mintGrant'.",
    ),
    refused(
      'packages/api',
      'a grant constructed by a router',
      "import type { GrantFacts, TenantGrant } from '@tenantry/app-db/grants'\nexport const forge = (facts: GrantFacts, grant: TenantGrant): unknown => [facts, ⟦TenantGrant ⇒ grant⟧]",
      1361,
      "'TenantGrant' cannot be used as a value because it was imported using 'import type'.",
    ),
    refused(
      'packages/app-db',
      'a grant constructed beside its maker',
      "import { mintGrant, TenantGrant, type GrantFacts } from '../grants/grant.ts'\nexport const made = [mintGrant, TenantGrant]\nexport const forge = (facts: GrantFacts) => ⟦new TenantGrant(facts, Symbol('minting') as never) ⇒ mintGrant(facts)⟧",
      2673,
      "Constructor of class 'TenantGrant' is private",
    ),
    refused(
      'packages/api',
      'an operator’s grant minted in a request',
      `
import { TenantSettingsPatchInput } from '@tenantry/contracts/tenants'
import { appProcedure } from '../procedures.ts'
const managing = appProcedure.meta({ permission: 'tenant.manage' }).input(TenantSettingsPatchInput)
export const procedure = managing.mutation(({ ctx, input }) => ctx.appDb.⟦grants.forOperator('me', 'acme', input) ⇒ tenants.updateSettings(ctx.grant, input)⟧)`,
      2339,
      "Property 'grants' does not exist on type 'AppDb'.",
    ),
    refused(
      'packages/api',
      'a list given the id of a company',
      businessQuery('ctx.tenantDb.accounts.list(input⟦, ctx.tenant.id ⇒ ⟧)'),
      2554,
      'Expected 1 arguments, but got 2.',
    ),
    refused(
      'packages/api',
      'a filter by company',
      businessQuery('ctx.tenantDb.accounts.list({ ...input, filters: {⟦ tenantId: ctx.tenant.id ⇒ ⟧ } })'),
      2353,
      "'tenantId' does not exist in type",
    ),
    refused(
      'packages/api',
      'a new account that names its company',
      businessMutation('ctx.tenantDb.accounts.create({ ...input⟦, tenantId: ctx.tenant.id ⇒ ⟧ })'),
      2353,
      "'tenantId' does not exist in type",
    ),
    refused(
      'packages/api',
      'the id of a company for that of an account',
      businessQuery(
        'ctx.tenantDb.accounts.byId(⟦ctx.tenant.id ⇒ (await ctx.tenantDb.accounts.list(input)).rows[0]!.id⟧)',
      ),
      2345,
      notThisId,
    ),
    refused(
      'packages/api',
      'the id of a contact for that of an account',
      `
import { AccountId, ContactId } from '@tenantry/contracts/ids'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { tenantProcedure } from '../procedures.ts'
export const ids = [AccountId, ContactId]
const seeing = tenantProcedure.meta({ permission: 'records.see' }).input(recordRef(⟦ContactId ⇒ AccountId⟧))
export const procedure = seeing.query(({ ctx, input }) => ctx.tenantDb.accounts.byId(input.id))`,
      2345,
      notThisId,
    ),
    refused(
      'packages/api',
      'an id that nobody parsed',
      `
import { recordRef } from '@tenantry/contracts/record-inputs'
import { AccountId } from '@tenantry/contracts/ids'
import { z } from 'zod'
import { tenantProcedure } from '../procedures.ts'
export const ids = [AccountId, z.uuid()]
const seeing = tenantProcedure.meta({ permission: 'records.see' }).input(recordRef(⟦z.uuid() ⇒ AccountId⟧))
export const procedure = seeing.query(({ ctx, input }) => ctx.tenantDb.accounts.byId(input.id))`,
      2345,
      notThisId,
    ),
    refused(
      'apps/web',
      'a page that asks for the accounts of a company it names',
      page("caller.accounts.list({ limit: 10⟦, tenantId: 'acme' ⇒ ⟧ })"),
      2353,
      "'tenantId' does not exist in type",
    ),
    refused(
      'apps/web',
      'a form that names the company of a new account',
      page("caller.accounts.create({ name: 'Acme'⟦, tenantId: 'acme' ⇒ ⟧ })"),
      2353,
      "'tenantId' does not exist in type",
    ),
    refused(
      'apps/web',
      'a page that chooses its company beside the session',
      `
import type { Runtime } from '@tenantry/api/runtime'
export const program = (runtime: Runtime, cookieHeader: string) => runtime.callerFor({ cookieHeader⟦, tenantId: 'acme' ⇒ ⟧ })`,
      2353,
      "'tenantId' does not exist in type",
    ),
    linted(
      'packages/api',
      'a grant that went through JSON',
      lintable('readBy(⟦JSON.parse(JSON.stringify(given.grant)) ⇒ given.grant⟧, given)'),
      'no-unsafe-argument',
    ),
    linted(
      'packages/api',
      'a grant that inherits from a grant',
      lintable('readBy(⟦Object.create(given.grant) ⇒ given.grant⟧, given)'),
      'no-unsafe-argument',
    ),
    linted(
      'packages/api',
      'a read that nobody waits for, and that outlives its handle',
      lintable('given.dataSources.withTenant(given.grant, async (db) => {\n  ⟦ ⇒ await ⟧read(db, given)\n})'),
      'no-floating-promises',
    ),
    {
      ...linted(
        'packages/tenant-db',
        'a repository that takes the id of a tenant',
        'export class ThingsReader {\n  list(query: { ⟦tenantId ⇒ search⟧: string }): string[] {\n    return Object.values(query)\n  }\n}',
        'no-tenant-id-parameter',
      ),
      isRepository: true,
    },
    failsClosed(
      'packages/api',
      'a structured clone of a grant',
      running('  return readBy(⟦structuredClone(given.grant) ⇒ given.grant⟧, given)'),
      'GRANT_REFUSED',
    ),
    failsClosed(
      'packages/api',
      'a grant behind a proxy',
      running('  return readBy(⟦new Proxy(given.grant, {}) ⇒ given.grant⟧, given)'),
      'GRANT_REFUSED',
    ),
    failsClosed(
      'packages/api',
      'a grant cast out of a look-alike in two steps',
      running("  return readBy(⟦{ tenantSlug: 'acme' } as unknown as TenantGrant ⇒ given.grant⟧, given)"),
      'GRANT_REFUSED',
    ),
    failsClosed(
      'packages/api',
      'a grant with fields added',
      running('  return readBy(⟦Object.assign(given.grant, { tenantId: given.strangerId }) ⇒ given.grant⟧, given)'),
      'TypeError',
    ),
    failsClosed(
      'packages/api',
      'facts of a grant edited through a cast',
      running(`  const facts = grantFacts(given.grant) as { tenantId: TenantId }
  ⟦facts.tenantId = given.strangerId ⇒ void facts.tenantId⟧
  return readBy(given.grant, given)`),
      'TypeError',
    ),
    failsClosed(
      'packages/api',
      'the constructor of a grant, called behind the compiler’s back',
      running(`  const Maker = given.grant.constructor as unknown as new (facts: GrantFacts) => TenantGrant
  const forge = () => new Maker({ ...grantFacts(given.grant), tenantId: given.strangerId })
  const choices = { forge, honest: () => given.grant }
  return readBy(choices.⟦forge ⇒ honest⟧(), given)`),
      'GRANT_REFUSED',
    ),
    failsClosed(
      'packages/api',
      'a grant kept for the next request',
      running('  given.wait(⟦61_000 ⇒ 1_000⟧)\n  return readBy(given.grant, given)'),
      'GRANT_REFUSED',
    ),
    failsClosed(
      'packages/api',
      'a reading handle kept past its request',
      running(
        '  const kept = await given.dataSources.withTenant(given.grant, async (db) => ({ db, rows: await read(db, given) }))\n  return ⟦read(kept.db, given) ⇒ kept.rows⟧',
      ),
      'HANDLE_CLOSED',
    ),
    failsClosed(
      'packages/api',
      'a writing handle kept past its transaction',
      running(`  const kept = await given.dataSources.withTenantWriter(given.grant, async (db) => ({ db, pipelines: await db.pipelines.list() }))
  return kept.⟦db.accounts.create(newAccount) ⇒ pipelines⟧`),
      'HANDLE_CLOSED',
    ),
    failsClosed(
      'packages/api',
      'a repository kept past its request',
      running(
        '  const kept = await given.dataSources.withTenant(given.grant, async ({ accounts }) => ({ accounts, rows: await accounts.list(given.query) }))\n  return ⟦kept.accounts.list(given.query) ⇒ kept.rows⟧',
      ),
      'HANDLE_CLOSED',
    ),
    failsClosed(
      'packages/api',
      'a question asked later, by a closure that was handed out',
      running(`  const ask = await given.dataSources.withTenant(given.grant, async (db) => {
    const later = () => db.accounts.count(given.query)
    return { later, now: await later() }
  })
  return ask.⟦later() ⇒ now⟧`),
      'HANDLE_CLOSED',
    ),
    failsClosed(
      'packages/api',
      'a handle of the application database kept past its transaction',
      running(`  const kept = await given.appDb.transaction(async (tx) => ({ tx, members: await tx.memberships.list(given.grant) }))
  return kept.⟦tx.memberships.list(given.grant) ⇒ members⟧`),
      'HANDLE_CLOSED',
    ),
    failsClosed(
      'packages/api',
      'the neighbour’s grant, in the same database',
      running(
        '  return given.dataSources.withTenant(given.⟦neighbour ⇒ grant⟧, (db) => db.accounts.byId(given.accountId))',
      ),
      'NOT_FOUND',
    ),
    failsClosed(
      'packages/api',
      'a stranger’s grant, on another server',
      running(
        '  return given.dataSources.withTenant(given.⟦stranger ⇒ grant⟧, (db) => db.accounts.byId(given.accountId))',
      ),
      'NOT_FOUND',
    ),
    failsClosed(
      'packages/api',
      'an account made the daughter of one that belongs to the neighbour',
      running(`  const daughter = { ...newAccount, parentAccountId: given.accountId }
  return given.dataSources.withTenantWriter(given.⟦neighbour ⇒ grant⟧, (db) => db.accounts.create(daughter))`),
      'RULE_VIOLATED',
    ),
    failsClosed(
      'packages/api',
      'a write with the grant of a suspended company',
      running(
        '  return given.dataSources.withTenantWriter(given.⟦suspended ⇒ grant⟧, (db) => db.accounts.create(newAccount))',
      ),
      'TENANT_SUSPENDED',
    ),
  ],
}
