/** How a program begins, where only one line of it matters. */

/** A business query; `ctx` and a list query are at hand. */
export const businessQuery = (line: string) => `
import { AccountListQuery } from '@tenantry/contracts/accounts'
import { tenantProcedure } from '../procedures/tenant.ts'
const seeing = tenantProcedure.meta({ permission: 'records.see' }).input(AccountListQuery)
export const procedure = seeing.query(async ({ ctx, input }) => ${line})`

/** A business mutation; `ctx` and a new account are at hand. */
export const businessMutation = (line: string) => `
import { AccountInput } from '@tenantry/contracts/accounts'
import { tenantProcedure } from '../procedures/tenant.ts'
const writing = tenantProcedure.meta({ permission: 'records.write' }).input(AccountInput)
export const procedure = writing.mutation(async ({ ctx, input }) => ${line})`

/** A query of the company itself; `ctx` and an audit query are at hand. */
export const applicationQuery = (line: string) => `
import { AuditListQuery } from '@tenantry/contracts/tenants'
import { appProcedure } from '../procedures/application.ts'
const seeing = appProcedure.meta({ permission: 'audit.see' }).input(AuditListQuery)
export const procedure = seeing.query(async ({ ctx, input }) => ${line})`

/** A function of the API that is given handles of both planes, and a list query. */
export const withHandles = (line: string) => `
import type { AccountListQuery } from '@tenantry/contracts/accounts'
import type { TenantDb, TenantReader } from '@tenantry/data-sources'
import type { AppDb, TenantGrant } from '../planes.ts'
interface Given { appDb: AppDb; reader: TenantReader; writer: TenantDb; grant: TenantGrant; query: AccountListQuery }
export const program = async ({ appDb, reader, writer, grant, query }: Given) => ${line}`

/** A function of the API with the door to tenant databases, as only the kinds of procedures hold it. */
export const withDoor = (line: string) => `
import type { AccountListQuery } from '@tenantry/contracts/accounts'
import type { TenantDb, TenantReader } from '@tenantry/data-sources'
import type { AppDb, DataSources, SignedIn, TenantGrant } from '../planes.ts'
interface Given { appDb: AppDb; dataSources: DataSources; session: SignedIn; grant: TenantGrant; query: AccountListQuery }
export const program = async ({ appDb, dataSources, session, grant, query }: Given) => ${line}`

/** A script of the command line that holds both planes. */
export const script = (line: string) => `
import type { AccountListQuery } from '@tenantry/contracts/accounts'
import type { Access } from '../access.ts'
export declare const query: AccountListQuery
const why = { reason: 'a script', access: 'write', requestId: 'script' } as const
export const run = async ({ app, dataSources, operatorName }: Access) => ${line}`

/** A page of the web application, which holds the procedures as one signed-in person calls them. */
export const page = (line: string) => `
import type { Caller } from '@tenantry/api/runtime'
export const program = (caller: Caller) => ${line}`

/** A function of the API that lint also looks at, so nothing in it is unused on either side. */
export const lintable = (line: string) => `
import type { AccountListQuery } from '@tenantry/contracts/accounts'
import type { TenantReader } from '@tenantry/data-sources'
import type { AppDb, DataSources, TenantGrant } from '../planes.ts'
export interface Given { appDb: AppDb; reader: TenantReader; dataSources: DataSources; grant: TenantGrant; query: AccountListQuery }
export const read = (db: TenantReader, given: Given) => db.accounts.list(given.query)
export const readBy = (by: TenantGrant, given: Given) => given.dataSources.withTenant(by, (db) => read(db, given))
export const program = async (given: Given) => ${line}`

/**
 * A program that is run: `fails-closed.test.ts` calls it with what is given here, over real databases. It may import only
 * packages, by name.
 */
export const running = (body: string) => `
import { grantFacts, type GrantFacts } from '@tenantry/app-db/grants'
import type { AppDb } from '@tenantry/app-db/types'
import type { AccountListQuery } from '@tenantry/contracts/accounts'
import type { AccountId, TenantId } from '@tenantry/contracts/ids'
import type { DataSources, TenantDb, TenantGrant, TenantReader } from '@tenantry/data-sources'
export { grantFacts, type GrantFacts }
export type Handle = AppDb | TenantDb | TenantReader
export interface Given {
  appDb: AppDb
  dataSources: DataSources
  grant: TenantGrant
  /** Of a company in the same database. */
  neighbour: TenantGrant
  /** Of a company on another server. */
  stranger: TenantGrant
  strangerId: TenantId
  suspended: TenantGrant
  /** Of an account of the grant's company. */
  accountId: AccountId
  query: AccountListQuery
  /** Moves the clock. */
  wait(milliseconds: number): void
}
export const newAccount = { name: 'Planted by the gallery', kind: 'company', status: 'active' } as const
export const read = (db: TenantReader, given: Given) => db.accounts.list(given.query)
export const readBy = (by: TenantGrant, given: Given) => given.dataSources.withTenant(by, (db) => read(db, given))
export async function run(given: Given): Promise<unknown> {
${body}
}`

/** The same, inside a piece of work for the grant's tenant: `at.app` and `at.tenant` are the two handles. */
export const runningInside = (body: string) =>
  running(`  return given.dataSources.withTenant(given.grant, async (reader) => {
    const at = { app: given.appDb, tenant: reader }
${body}
  })`)
