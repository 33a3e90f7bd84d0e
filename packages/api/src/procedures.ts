import { roleAllows, type Permission } from '@tenantry/contracts/roles'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { initTRPC } from '@trpc/server'
import { appReader } from './app-reader.ts'
import { translateError, unwrap } from './errors/translate.ts'
import { asTrpcError, tenantryErrorOf, wireError } from './errors/wire-error.ts'
import type { MemberProjection } from './member-projection.ts'
import { ownSignIn } from './own-sign-in.ts'
import type { Meta } from './permissions.ts'
import type { AppDb, Auth, DataSources, Logger, SignedIn } from './planes.ts'
import { openProcedure } from './procedure-builder.ts'

/** What procedures are made from. Routers never hold it: only this file can tell what the ticket in a context stands for. */
export interface Services {
  appDb: AppDb
  auth: Auth
  dataSources: DataSources
  memberProjection: MemberProjection
  logger: Logger
}

/** One HTTP request or one server-side render. The calls of a batch share it, so the session is read once. */
export interface RequestFacts {
  requestId: string
  cookieHeader: string | undefined
  /** The tenant the page was rendered for. It selects nothing: it must agree with the session. */
  assertedTenantId: string | undefined
}

const ticket = Symbol('services')
/** Beside the context and not in it: what is in it can be found, by enumerating its symbols if need be. */
const servicesOfTicket = new WeakMap<object, Services>()

export interface Context {
  readonly requestId: string
  readonly assertedTenantId: string | undefined
  readonly readSession: () => Promise<SignedIn | null>
  readonly [ticket]: object
}

export function createContext(given: Services, request: RequestFacts): Context {
  let session: Promise<SignedIn | null> | undefined
  const opaque = Object.freeze({})
  servicesOfTicket.set(opaque, given)
  return {
    requestId: request.requestId,
    assertedTenantId: request.assertedTenantId,
    readSession: () => (session ??= given.auth.readSession(request.cookieHeader, { requestId: request.requestId })),
    [ticket]: opaque,
  }
}

function servicesOf(ctx: Pick<Context, typeof ticket>): Services {
  const services = servicesOfTicket.get(ctx[ticket])
  if (services === undefined) throw new TypeError('the context was not made by createContext')
  return services
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: ({ error, ctx }) => wireError(tenantryErrorOf(error), ctx?.requestId ?? ''),
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** The one place where failures become public errors, logged here once when the caller is not told everything. */
const translated = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  const error = translateError(result.error)
  if (error.status >= 500) {
    const fields = { requestId: ctx.requestId, procedure: path, code: error.code, err: error }
    if (error.status === 500) servicesOf(ctx).logger.error(fields, 'A procedure failed')
    else servicesOf(ctx).logger.warn(fields, 'A procedure could not be served')
  }
  return { ...result, error: asTrpcError(error) }
})

const signedIn = translated.use(async ({ ctx, next }) => {
  const session = await ctx.readSession()
  if (session === null) throw new TenantryError('NOT_SIGNED_IN')
  return next({ ctx: { signedIn: session } })
})

/** Everything about the caller is decided here, before an input is read or a database is opened. */
const authorised = signedIn.use(async ({ ctx, meta, next }) => {
  const { tenant, role, grant } = ctx.signedIn
  if (tenant === null || role === null) throw new TenantryError('NO_TENANT')
  if (ctx.assertedTenantId !== undefined && ctx.assertedTenantId !== tenant.id)
    throw new TenantryError('TENANT_CHANGED')
  if (tenant.status === 'archived' || grant === null) throw new TenantryError('TENANT_ARCHIVED')
  if (meta === undefined || meta.permission === 'self' || !roleAllows(role, meta.permission))
    throw new TenantryError('FORBIDDEN')
  return next({ ctx: { grant, tenant, role } })
})

const authorisedToChange = authorised.use(async ({ ctx, next }) => {
  if (ctx.tenant.status !== 'active') throw new TenantryError('TENANT_SUSPENDED')
  return next()
})

/**
 * `next()` returns a failure as a value. What opens a database must see it thrown, as the resolver threw it: only then does
 * the transaction roll back, and only then can a data source tell what became of its connection.
 */
function orThrow<Result extends { ok: boolean; error?: unknown }>(result: Result): Result {
  if (!result.ok) throw unwrap(result.error)
  return result
}

/** Whatever tenant the caller is in, if any: `ctx.ownSignIn`, and no database. */
export const signedInProcedure = {
  meta: (meta: { permission: 'self' }) => {
    const chain = signedIn
      .meta(meta)
      .use(({ ctx, next }) => next({ ctx: { ownSignIn: ownSignIn(servicesOf(ctx), ctx.signedIn) } }))
    return openProcedure({ query: (parse) => chain.input(parse), mutation: (parse) => chain.input(parse) })
  },
}

/**
 * The application database: a query gets `ctx.appDb` for reading, a mutation the whole of it in one transaction.
 * Tenant-scoped repositories take `ctx.grant`.
 */
export const appProcedure = onApplicationDatabase(authorisedToChange)

/** Like `appProcedure`, for members: once a change of them is committed, the tenant database hears of it. */
export const membersProcedure = onApplicationDatabase(
  authorisedToChange.use(async ({ ctx, next }) => {
    const result = await next()
    const { memberProjection } = servicesOf(ctx)
    if (result.ok) await memberProjection.refresh(ctx.grant, ctx.tenant.id)
    else if (isTenantryError(unwrap(result.error), 'COMMIT_UNKNOWN')) memberProjection.makeDue(ctx.tenant.id)
    return result
  }),
)

function onApplicationDatabase(changing: typeof authorisedToChange) {
  return {
    meta: (meta: { permission: Permission }) =>
      openProcedure({
        query: (parse) =>
          authorised
            .meta(meta)
            .input(parse)
            .use(({ ctx, next }) => next({ ctx: { appDb: appReader(servicesOf(ctx).appDb) } })),
        mutation: (parse) =>
          changing
            .meta(meta)
            .input(parse)
            .use(({ ctx, next }) =>
              servicesOf(ctx).appDb.transaction(async (appDb) => orThrow(await next({ ctx: { appDb } }))),
            ),
      }),
  }
}

/** A business query gets the tenant's reading handle; a mutation the writing handle, in one transaction. */
export const tenantProcedure = {
  meta: (meta: { permission: Permission }) =>
    openProcedure({
      query: (parse) =>
        authorised
          .meta(meta)
          .input(parse)
          .use(async ({ ctx, next }) => {
            const { dataSources, memberProjection } = servicesOf(ctx)
            const result = await dataSources.withTenant(ctx.grant, async (tenantDb) =>
              orThrow(await next({ ctx: { tenantDb } })),
            )
            // Of a suspended tenant the grant only reads.
            if (ctx.tenant.status === 'active') memberProjection.refreshIfDue(ctx.grant, ctx.tenant.id)
            return result
          }),
      mutation: (parse) =>
        authorisedToChange
          .meta(meta)
          .input(parse)
          .use(async ({ ctx, next }) => {
            const { dataSources, memberProjection } = servicesOf(ctx)
            const result = await dataSources.withTenantWriter(ctx.grant, async (tenantDb) =>
              orThrow(await next({ ctx: { tenantDb } })),
            )
            memberProjection.refreshIfDue(ctx.grant, ctx.tenant.id)
            return result
          }),
    }),
}

/** Where the tenant's data lives and how it is: `ctx.dataSource` speaks about the caller's tenant and runs no business query. */
export const dataSourceProcedure = {
  meta: (meta: { permission: Permission }) => {
    const chain = authorised.meta(meta).use(({ ctx, next }) => {
      const { dataSources } = servicesOf(ctx)
      const dataSource = {
        info: () => dataSources.getTenantConnectionInfo(ctx.grant),
        test: () => dataSources.testTenantConnection(ctx.grant),
      }
      return next({ ctx: { dataSource } })
    })
    return openProcedure({ query: (parse) => chain.input(parse), mutation: (parse) => chain.input(parse) })
  },
}
