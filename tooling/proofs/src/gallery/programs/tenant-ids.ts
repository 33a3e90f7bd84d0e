import { linted, refused, type Program } from '../program.ts'
import { businessMutation, businessQuery, page } from './openings.ts'

const notThisId = 'to parameter of type \'string & $brand<"Account">\'.'

/** No method takes the id of a tenant, and no id of one kind passes for another. */
export const tenantIds: Program[] = [
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
import { tenantProcedure } from '../procedures/tenant.ts'
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
import { tenantProcedure } from '../procedures/tenant.ts'
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
  {
    ...linted(
      'packages/tenant-db',
      'a repository that takes the id of a tenant',
      'export class ThingsReader {\n  list(query: { ⟦tenantId ⇒ search⟧: string }): string[] {\n    return Object.values(query)\n  }\n}',
      'no-tenant-id-parameter',
    ),
    isRepository: true,
  },
]
