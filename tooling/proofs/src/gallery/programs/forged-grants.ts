import { failsClosed, linted, refused, type Program } from '../program.ts'
import { lintable, running, withDoor } from './openings.ts'

const noFacts = "Property '#facts' is missing in type"

/** A grant cannot be written, edited, copied or minted by anybody but the application database. */
export const forgedGrants: Program[] = [
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
import { appProcedure } from '../procedures/application.ts'
const managing = appProcedure.meta({ permission: 'tenant.manage' }).input(TenantSettingsPatchInput)
export const procedure = managing.mutation(({ ctx, input }) => ctx.appDb.⟦grants.forOperator('me', 'acme', input) ⇒ tenants.updateSettings(ctx.grant, input)⟧)`,
    2339,
    "Property 'grants' does not exist on type 'AppDb'.",
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
]
