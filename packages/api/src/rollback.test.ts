import { TestPaymentProvider } from '@tenantry/crm/test-payment-provider'
import { openAuth } from '@tenantry/auth'
import { AccountInput } from '@tenantry/contracts/accounts'
import { MemberInput } from '@tenantry/contracts/tenants'
import { TenantryError } from '@tenantry/errors'
import { noFileStore } from '@tenantry/files/open'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import { sessionCookie } from '@tenantry/testing/session-cookie'
import { createWorld, type World } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailTokensOf } from './mail-tokens.ts'
import { sealerOf } from './sealer.ts'
import { MemberProjection } from './member-projection.ts'
import { appProcedure, membersProcedure } from './procedures/application.ts'
import { createContext } from './procedures/context.ts'
import { createCallerFactory, router } from './procedures/router.ts'
import { tenantProcedure } from './procedures/tenant.ts'

const slugs = ['alder', 'birch', 'cypress'] as const
let world: World<(typeof slugs)[number]>

beforeAll(async () => {
  world = await createWorld(mainServer(), {
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => world.close())

/** Each writes first and fails afterwards; tRPC hands such a failure to the transaction's middleware as a value. */
const failing = router({
  conflict: tenantProcedure
    .meta({ permission: 'records.write' })
    .input(AccountInput)
    .mutation(async ({ ctx, input }) => {
      await ctx.tenantDb.accounts.create(input)
      throw new TenantryError('CONFLICT')
    }),
  bug: tenantProcedure
    .meta({ permission: 'records.write' })
    .input(AccountInput)
    .mutation(async ({ ctx, input }) => {
      await ctx.tenantDb.accounts.create(input)
      throw new RangeError('a bug')
    }),
  constraint: tenantProcedure
    .meta({ permission: 'records.write' })
    .input(AccountInput)
    .mutation(async ({ ctx, input }) => {
      const { id } = await ctx.tenantDb.accounts.create(input)
      // No contact has the id of an account: the foreign key answers.
      return ctx.tenantDb.accounts.create({ ...input, ownerId: id as string as NonNullable<typeof input.ownerId> })
    }),
  swallowed: tenantProcedure
    .meta({ permission: 'records.write' })
    .input(AccountInput)
    .mutation(async ({ ctx, input }) => {
      const { id } = await ctx.tenantDb.accounts.create(input)
      const ownerId = id as string as NonNullable<typeof input.ownerId>
      await ctx.tenantDb.accounts.create({ ...input, ownerId }).catch(() => undefined)
    }),
  member: membersProcedure
    .meta({ permission: 'members.manage' })
    .input(MemberInput)
    .mutation(async ({ ctx, input }) => {
      await ctx.appDb.memberships.add(ctx.grant, input)
      throw new TenantryError('CONFLICT')
    }),
  settings: appProcedure.meta({ permission: 'tenant.manage' }).mutation(async ({ ctx }) => {
    const { version } = await ctx.appDb.tenants.settings(ctx.grant)
    await ctx.appDb.tenants.updateSettings(ctx.grant, { version, patch: { name: 'Half done' } })
    throw new RangeError('a bug')
  }),
})

test('what a failing mutation wrote is in no table of the tenant database, whatever it failed of', async () => {
  for (const slug of slugs) {
    const call = await callerOf(slug)
    const failures = {
      conflict: 'CONFLICT',
      bug: 'INTERNAL',
      constraint: 'RULE_VIOLATED',
      swallowed: 'TRANSACTION_ROLLED_BACK',
    } as const
    for (const path of ['conflict', 'bug', 'constraint', 'swallowed'] as const) {
      const before = await countsOf(slug)
      const attempt = call[path]({ name: `half of ${path}`, kind: 'company', status: 'active' })
      await expect(attempt).rejects.toMatchObject({ cause: { code: failures[path] } })
      expect([slug, path, await countsOf(slug)]).toEqual([slug, path, before])
    }
  }
})

test('what a failing mutation wrote is in no table of the application database, the audit log included', async () => {
  const call = await callerOf('alder')
  const before = await applicationRows()
  const added = call.member({ email: 'half@alder.example', name: 'Half', role: 'member' })
  await expect(added).rejects.toMatchObject({ cause: { code: 'CONFLICT' } })
  await expect(call.settings()).rejects.toMatchObject({ cause: { code: 'INTERNAL' } })
  expect(await applicationRows()).toEqual(before)
})

async function callerOf(slug: (typeof slugs)[number]) {
  const sessionSecret = 'a secret of at least thirty-two characters'
  const appDb = world.app.db
  const { dataSources } = world
  const logger = openLogger({ level: 'silent' })
  const origin = 'http://crm.example.test'
  const auth = openAuth({ appDb, sessionSecret, origin, trustedProxyHops: 0, logger })
  const memberProjection = new MemberProjection({ appDb, dataSources, logger })
  const cookieHeader = sessionCookie(sessionSecret, await world.startSession(world.tenants[slug].people.owner))
  const request = { requestId: 'r', cookieHeader, assertedTenantId: undefined }
  return createCallerFactory(failing)(
    createContext(
      {
        appDb,
        auth,
        dataSources,
        memberProjection,
        paymentProvider: new TestPaymentProvider(),
        files: noFileStore(),
        mailTokens: mailTokensOf(world.keyring),
        sealer: sealerOf(world.keyring),
        allowsPlainWebhooks: false,
        tenantStates: undefined,
        logger,
      },
      request,
    ),
  )
}

function countsOf(slug: (typeof slugs)[number]) {
  const { admin, tenantIdInDataSource } = world.tenants[slug]
  return lookInto(
    admin,
    `select (select count(*) from crm.accounts where tenant_id = $1)::int as accounts,
            (select count(*) from crm.record_changes where tenant_id = $1)::int as changes`,
    [tenantIdInDataSource],
  )
}

function applicationRows() {
  return lookInto(
    world.appAdmin,
    `select (select count(*) from app.users)::int as users, (select count(*) from app.memberships)::int as memberships,
            (select count(*) from app.audit_log where action !~ '^session')::int as audit,
            (select jsonb_agg(name order by name) from app.tenants) as tenants`,
  )
}
