import { refused, type Program } from '../program.ts'
import { applicationQuery, businessMutation, businessQuery, withHandles } from './openings.ts'

const tenantRepositories = ['accounts', 'contacts', 'opportunities', 'pipelines', 'memberRefs', 'changes', 'identity']
const appRepositories = ['users', 'sessions', 'memberships', 'tenants', 'dataSources', 'audit', 'signInThrottle']

/** Every repository of one plane asked for on the handle of the other, and a reading handle asked to write. */
export const wrongHandle: Program[] = [
  ...tenantRepositories.map((repository) =>
    refused(
      'packages/api',
      `${repository} are asked of the application database`,
      withHandles(`⟦appDb ⇒ reader⟧.${repository}`),
      2339,
      `Property '${repository}' does not exist on type 'AppDb'.`,
    ),
  ),
  ...appRepositories.map((repository) =>
    refused(
      'packages/api',
      `${repository} are asked of a tenant's database`,
      withHandles(`⟦reader ⇒ appDb⟧.${repository}`),
      2339,
      `Property '${repository}' does not exist on type 'TenantReader'.`,
    ),
  ),
  refused(
    'packages/api',
    'an application procedure lists accounts',
    applicationQuery('ctx.appDb.⟦accounts.list(input) ⇒ audit.list(ctx.grant, input)⟧'),
    2339,
    "Property 'accounts' does not exist on type 'AppReader'.",
  ),
  refused(
    'packages/api',
    'an application query changes a member',
    `
import { MemberRoleInput } from '@tenantry/contracts/tenants'
import { appProcedure } from '../procedures/application.ts'
const managing = appProcedure.meta({ permission: 'members.manage' }).input(MemberRoleInput)
export const procedure = managing.⟦query ⇒ mutation⟧(({ ctx, input }) => ctx.appDb.memberships.setRole(ctx.grant, input))`,
    2339,
    "Property 'setRole' does not exist on type",
  ),
  refused(
    'packages/api',
    'a business procedure lists members where they are signed up',
    businessQuery('ctx.tenantDb.⟦memberships.list(ctx.grant) ⇒ memberRefs.list()⟧'),
    2339,
    "Property 'memberships' does not exist on type 'TenantReader'.",
  ),
  refused(
    'packages/api',
    'a business mutation writes the audit log',
    businessMutation('ctx.tenantDb.⟦audit.record({ action: input.name }) ⇒ accounts.create(input)⟧'),
    2339,
    "Property 'audit' does not exist on type 'TenantDb'.",
  ),
  refused(
    'packages/api',
    'a business procedure takes the application database from its context',
    businessQuery('ctx.⟦appDb ⇒ tenantDb⟧.accounts.list(input)'),
    2339,
    "Property 'appDb' does not exist on type",
  ),
  refused(
    'packages/api',
    'an application procedure takes the tenant database from its context',
    applicationQuery('ctx.⟦tenantDb ⇒ appDb⟧.audit.list(ctx.grant, input)'),
    2551,
    "Property 'tenantDb' does not exist on type",
  ),
  refused(
    'packages/api',
    'a mere sign-in takes the tenant database from its context',
    `
import { signedInProcedure } from '../procedures/signed-in.ts'
export const procedure = signedInProcedure.meta({ permission: 'self' }).query(({ ctx }) => ctx.⟦tenantDb.pipelines.list() ⇒ ownSignIn⟧)`,
    2339,
    "Property 'tenantDb' does not exist on type",
  ),
  refused(
    'packages/api',
    'a query creates an account',
    `
import { AccountInput } from '@tenantry/contracts/accounts'
import { tenantProcedure } from '../procedures/tenant.ts'
const writing = tenantProcedure.meta({ permission: 'records.write' }).input(AccountInput)
export const procedure = writing.⟦query ⇒ mutation⟧(({ ctx, input }) => ctx.tenantDb.accounts.create(input))`,
    2339,
    "Property 'create' does not exist on type 'AccountsReader'.",
  ),
  refused(
    'packages/api',
    'a query moves an opportunity',
    `
import { OpportunityMove } from '@tenantry/contracts/opportunities'
import { tenantProcedure } from '../procedures/tenant.ts'
const writing = tenantProcedure.meta({ permission: 'records.write' }).input(OpportunityMove)
export const procedure = writing.⟦query ⇒ mutation⟧(({ ctx, input }) => ctx.tenantDb.opportunities.move(input))`,
    2339,
    "Property 'move' does not exist on type 'OpportunitiesReader'.",
  ),
  refused(
    'packages/api',
    'accounts are taken out of the application database by destructuring',
    withHandles('{ const { accounts } = ⟦appDb ⇒ reader⟧; return accounts.list(query) }'),
    2339,
    "Property 'accounts' does not exist on type 'AppDb'.",
  ),
  refused(
    'packages/api',
    'accounts are named in brackets',
    withHandles("⟦appDb ⇒ reader⟧['accounts'].list(query)"),
    7053,
    "Property 'accounts' does not exist on type 'AppDb'.",
  ),
  refused(
    'packages/api',
    'a repository is looked up by a name that is computed',
    withHandles("{ const name: string = 'acc' + 'ounts'; return reader[⟦name ⇒ 'accounts'⟧].list(query) }"),
    7053,
    "No index signature with a parameter of type 'string' was found on type 'TenantReader'.",
  ),
  refused(
    'packages/api',
    'accounts are asked for only if they are there',
    withHandles('⟦appDb ⇒ reader⟧.accounts?.list(query)'),
    2339,
    "Property 'accounts' does not exist on type 'AppDb'.",
  ),
  refused(
    'packages/api',
    'a transaction of the application database reads accounts',
    withHandles('⟦appDb ⇒ writer⟧.transaction((tx) => tx.accounts.list(query))'),
    2339,
    "Property 'accounts' does not exist on type 'AppDb'.",
  ),
  refused(
    'packages/api',
    'a transaction of a tenant database reads members',
    withHandles('⟦writer ⇒ appDb⟧.transaction((tx) => tx.memberships.list(grant))'),
    2339,
    "Property 'memberships' does not exist on type 'TenantDb'.",
  ),
  refused(
    'packages/api',
    'a reading handle opens a transaction',
    withHandles('⟦reader ⇒ writer⟧.transaction'),
    2339,
    "Property 'transaction' does not exist on type 'TenantReader'.",
  ),
  refused(
    'packages/auth',
    'a sign-in notes itself in the tenant’s history',
    `
import type { AppDb } from '@tenantry/app-db/types'
export const program = (appDb: AppDb) => appDb.⟦changes ⇒ audit⟧.record({ action: 'session.started', principal: { kind: 'system', job: 'x' }, tenantId: null })`,
    2339,
    "Property 'changes' does not exist on type 'AppDb'.",
  ),
]
