import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import { keyAllows } from '@tenantry/contracts/api-keys'
import type { LinkKind } from '@tenantry/contracts/public-links'
import { roleAllows, type Permission } from '@tenantry/contracts/roles'
import type { TenantSummary } from '@tenantry/contracts/session'
import type { ImportBatchId } from '@tenantry/contracts/ids'
import type { Payer } from '@tenantry/crm/pay-invoice'
import type { PaymentProvider } from '@tenantry/crm/payment-provider'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { initTRPC } from '@trpc/server'
import { appReader, type AppReader } from './app-reader.ts'
import { diagnoseConnection } from './diagnosis/diagnose-connection.ts'
import type { FileExchange } from './files/file-exchange.ts'
import { takeDiagnosis } from './diagnosis/take-diagnosis.ts'
import { tenantFiles } from './files/tenant-files.ts'
import { translateError, unwrap } from './errors/translate.ts'
import { asTrpcError, tenantryErrorOf, wireError } from './errors/wire-error.ts'
import { fleetDesk, type FleetDesk } from './fleet-desk.ts'
import { openInboundDesk, openInboundReading, type InboundDesk, type InboundReading } from './inbound/desk.ts'
import { openMailDesk, type MailDesk, type MailTokens } from './mail-desk.ts'
import type { MemberProjection } from './member-projection.ts'
import { operatorReader, type OperatorReader } from './operator-reader.ts'
import { ownSignIn, type OwnSignIn } from './own-sign-in.ts'
import type { Meta } from './permissions.ts'
import type {
  AppDb,
  Auth,
  DataSources,
  FileStore,
  KeyHolder,
  Logger,
  OperatorDb,
  SignedIn,
  TenantDb,
  TenantFiles,
  TenantGrant,
  TenantReader,
} from './planes.ts'
import { openProcedure, type Parse } from './procedure-builder.ts'
import { RequestMarks } from './request-marks.ts'
import type { TenantStates } from './tenant-states.ts'
import { takeDrawing } from './public/take-drawing.ts'
import { openWebhookDesk, openWebhookReading, type WebhookDesk, type WebhookReading } from './webhook-desk.ts'
import type { Sealer } from './sealer.ts'
import { openLinks, resolveLink, type OpenLink, type UsedLink } from './public/opened-link.ts'

/** What procedures are made from. Routers never hold it: only this file can tell what the ticket in a context stands for. */
export interface Services {
  appDb: AppDb
  auth: Auth
  dataSources: DataSources
  memberProjection: MemberProjection
  paymentProvider: PaymentProvider
  files: FileStore
  mailTokens: MailTokens
  /** For the secrets of webhooks. */
  sealer: Sealer
  /** Whether webhooks may go where there is no TLS, within the networks that were allowed. */
  allowsPlainWebhooks: boolean
  /** Undefined where nobody has brought it: then the console cannot suspend. */
  tenantStates: TenantStates | undefined
  logger: Logger
}

/** An operator's command has no sign-in. */
type Opened = Omit<Services, 'auth'> & { auth: Auth | undefined }

/** One HTTP request or one server-side render. The calls of a batch share it, so the session is read once. */
export interface RequestFacts {
  requestId: string
  cookieHeader: string | undefined
  /** Of a program; whoever brings one is nothing else, whatever cookie comes along. */
  apiKey?: string
  /** The tenant the page was rendered for. It selects nothing: it must agree with the session. */
  assertedTenantId: string | undefined
  /** Of the caller's last writes; a page carries it in a cookie instead. */
  writeMark?: string | undefined
  /** Of an address that carries a file; what comes as JSON has none. */
  exchange?: FileExchange
  /** Absent for a page that is rendered on the server. */
  calledFrom?: CalledFrom
}

/** Where an HTTP request comes from, as far as it says so itself. */
export interface CalledFrom {
  forwardedFor: string | undefined
  remoteAddress: string | undefined
  userAgent: string | undefined
}

const nowhere: CalledFrom = { forwardedFor: undefined, remoteAddress: undefined, userAgent: undefined }

const ticket = Symbol('services')
/** Beside the context and not in it: what is in it can be found, by enumerating its symbols if need be. */
const servicesOfTicket = new WeakMap<object, Opened>()

export interface Context {
  readonly requestId: string
  readonly assertedTenantId: string | undefined
  readonly calledFrom: CalledFrom
  readonly readSession: () => Promise<SignedIn | null>
  /** Undefined for who came with none; null for one that opens nothing. */
  readonly readKey: (() => Promise<KeyHolder | null>) | undefined
  readonly marks: RequestMarks
  /** Where a resolver finds the bytes that were sent, and leaves those to send. */
  readonly exchange: FileExchange | undefined
  /** The same caller, who is asked for anew: whoever sends for long may have lost their right meanwhile. */
  readonly again: () => Context
  readonly [ticket]: object
}

export function createContext(given: Services, request: RequestFacts): Context {
  let session: Promise<SignedIn | null> | undefined
  let holder: Promise<KeyHolder | null> | undefined
  const { requestId, cookieHeader, apiKey } = request
  const opaque = Object.freeze({})
  servicesOfTicket.set(opaque, given)
  return {
    requestId,
    assertedTenantId: request.assertedTenantId,
    marks: new RequestMarks(request.writeMark, cookieHeader),
    calledFrom: request.calledFrom ?? nowhere,
    exchange: request.exchange,
    readSession: () =>
      (session ??= apiKey === undefined ? given.auth.readSession(cookieHeader, { requestId }) : Promise.resolve(null)),
    readKey: apiKey === undefined ? undefined : () => (holder ??= given.auth.readKey(apiKey, { requestId })),
    again: () => createContext(given, request),
    [ticket]: opaque,
  }
}

/** For whom a call is made that no session stands behind. */
export interface OperatorCall {
  requestId: string
  /** Minted for the operator, after the audit entry was written. */
  grant: TenantGrant
  /** What the grant allows. */
  access: 'read' | 'write'
  tenant: Pick<TenantSummary, 'id' | 'slug' | 'status'>
}

/** Beside the context like the services: a request over HTTP comes with a context of its own and is never found here. */
const operatorOfTicket = new WeakMap<object, OperatorCall>()

/** One call of an operator, on the server and never over HTTP. There is no sign-in, so what asks for one is refused. */
export function createOperatorContext(given: Omit<Services, 'auth'>, call: OperatorCall): Context {
  const opaque = Object.freeze({})
  servicesOfTicket.set(opaque, { ...given, auth: undefined })
  operatorOfTicket.set(opaque, call)
  const context: Context = {
    requestId: call.requestId,
    assertedTenantId: undefined,
    marks: new RequestMarks(undefined, undefined),
    calledFrom: nowhere,
    exchange: undefined,
    readSession: () => Promise.resolve(null),
    readKey: undefined,
    again: () => context,
    [ticket]: opaque,
  }
  return context
}

function servicesOf(ctx: Pick<Context, typeof ticket>): Opened {
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

/** Who calls, as far as a kind of procedure has to know it. It joins the context of the resolver. */
type Admit<Caller extends object> = (ctx: Context, meta: Meta | undefined) => Promise<Caller>

/** Runs the resolver on what was opened for it, and throws as the resolver threw. */
type Proceed<Opened extends object> = (opened: Opened) => Promise<void>

interface Call<Caller extends object> {
  services: Opened
  caller: Caller
  marks: RequestMarks
  /** As its schema has parsed it. */
  input: unknown
  /** The caller as they are now, for what takes longer than they are known to be who they were. */
  admitAgain: () => Promise<Caller>
}

interface Surroundings<Caller extends object, Opened extends object> {
  admit: Admit<Caller>
  /** Opens what the resolver works on, proceeds once, and closes it. */
  open: (call: Call<Caller>, proceed: Proceed<Opened>) => Promise<void>
}

/**
 * All that surrounds a resolver, in one middleware, because each level of middleware makes tRPC copy the call and its
 * context (a fifth of a get, measured): who may call, then the input, last the database. Whatever fails on the way becomes
 * a public error here and nowhere else, logged once when the caller is not told everything.
 */
function surrounded<Caller extends object, Opened extends object>(
  meta: Meta,
  parse: Parse,
  { admit, open }: Surroundings<Caller, Opened>,
) {
  const { schema: input, output } = parse
  const described = { ...meta, ...(input !== undefined && { input }), ...(output !== undefined && { output }) }
  return t.procedure.meta(described).use(async ({ ctx, path, meta: required, getRawInput, next }) => {
    try {
      const caller = await admit(ctx, required)
      const input = parse(await getRawInput())
      const proceed = async (opened: Opened) => orThrow(await next({ ctx: { ...caller, ...opened }, input }))
      let result: Awaited<ReturnType<typeof proceed>> | undefined
      const admitAgain = () => admit(ctx.again(), required)
      await open({ services: servicesOf(ctx), caller, marks: ctx.marks, input, admitAgain }, async (opened) => {
        result = await proceed(opened)
      })
      if (result === undefined) throw new TypeError('a procedure was opened without being run')
      return result
    } catch (thrown) {
      const error = translateError(thrown)
      if (error.status >= 500) logFailure(servicesOf(ctx).logger, { requestId: ctx.requestId, path, error })
      throw asTrpcError(error)
    }
  })
}

function logFailure(
  logger: Logger,
  { requestId, path, error }: { requestId: string; path: string; error: TenantryError },
): void {
  const fields = { requestId, procedure: path, code: error.code, err: error }
  if (error.status === 500) logger.error(fields, 'A procedure failed')
  else logger.warn(fields, 'A procedure could not be served')
}

/**
 * `next()` returns a failure as a value. What opens a database must see it thrown, as the resolver threw it: only then does
 * the transaction roll back, and only then can a data source tell what became of its connection.
 */
function orThrow<Result extends { ok: boolean; error?: unknown }>(result: Result): Result {
  if (!result.ok) throw unwrap(result.error)
  return result
}

async function admitSignedIn(ctx: Context) {
  const session = await ctx.readSession()
  if (session === null) throw new TenantryError('NOT_SIGNED_IN')
  return { signedIn: session }
}

/** Whoever may call a procedure about a tenant. */
type Admitted = Pick<OperatorCall, 'grant' | 'access' | 'tenant'>

/** Everything about the caller is decided here, before an input is read or a database is opened. */
async function admitMember(ctx: Context, meta: Meta | undefined): Promise<Admitted> {
  const operator = operatorOfTicket.get(ctx[ticket])
  // Whoever made the grant has decided; the repositories ask it what it may change.
  if (operator !== undefined) return operator
  if (ctx.readKey !== undefined) return admitKey(await ctx.readKey(), meta)
  const { tenant, role, grant, support } = (await admitSignedIn(ctx)).signedIn
  if (tenant === null || role === null)
    throw new TenantryError(support === 'ended' ? 'SUPPORT_ACCESS_ENDED' : 'NO_TENANT')
  if (ctx.assertedTenantId !== undefined && ctx.assertedTenantId !== tenant.id)
    throw new TenantryError('TENANT_CHANGED')
  if (tenant.status === 'archived' || grant === null) throw new TenantryError('TENANT_ARCHIVED')
  if (meta === undefined || !isPermission(meta.permission) || !roleAllows(role, meta.permission))
    throw new TenantryError('FORBIDDEN')
  return { grant, tenant, access: tenant.status === 'active' ? 'write' : 'read' }
}

function admitKey(holder: KeyHolder | null, meta: Meta | undefined): Admitted {
  if (holder === null)
    throw new TenantryError('NOT_SIGNED_IN', { message: 'The API key is unknown, revoked or too old.' })
  const { tenant, role, grant } = holder
  if (grant === null) throw new TenantryError('TENANT_ARCHIVED')
  if (meta === undefined || !isPermission(meta.permission) || !keyAllows(role, meta.permission))
    throw new TenantryError('FORBIDDEN')
  return { grant, tenant, access: tenant.status === 'active' ? 'write' : 'read' }
}

function isPermission(asked: Meta['permission']): asked is Permission {
  return asked !== 'self' && asked !== 'operator' && asked !== 'link'
}

/** Wherever they work at the moment, if anywhere: being an operator is nobody's membership. */
async function admitOperator(ctx: Context) {
  const { signedIn } = await admitSignedIn(ctx)
  const { operatorPass: pass, session } = signedIn
  if (pass === null) throw new TenantryError('FORBIDDEN')
  return { pass, sessionId: session.id }
}

async function admitMemberToChange(ctx: Context, meta: Meta | undefined) {
  const admitted = await admitMember(ctx, meta)
  if (admitted.tenant.status !== 'active') throw new TenantryError('TENANT_SUSPENDED')
  // Whoever only looks in changes nothing, not even what needs no right to write.
  const session = await ctx.readSession()
  if (session?.support != null) throw new TenantryError('FORBIDDEN')
  return admitted
}

function signInOf({ auth, memberProjection }: Opened) {
  if (auth === undefined) throw new TenantryError('NOT_SIGNED_IN')
  return { auth, memberProjection }
}
/** Anybody, but nobody too often: whom a link was made for is all that is known of who uses it. */
async function admitPublicCall(ctx: Context) {
  const ip = await signInOf(servicesOf(ctx)).auth.admitPublicCall(ctx.calledFrom)
  return { requestId: ctx.requestId, ip, userAgent: ctx.calledFrom.userAgent?.slice(0, 500) ?? null }
}

type PublicCall = Call<Awaited<ReturnType<typeof admitPublicCall>>>

/** Whatever tenant the caller is in, if any: `ctx.ownSignIn`, and no database. */
export const signedInProcedure = {
  meta: (meta: { permission: 'self' }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitSignedIn,
        open: ({ services, caller }, proceed: Proceed<{ ownSignIn: OwnSignIn }>) =>
          proceed({ ownSignIn: ownSignIn(signInOf(services), caller.signedIn) }),
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

/**
 * The application database: a query gets `ctx.appDb` for reading, a mutation the whole of it in one transaction.
 * Tenant-scoped repositories take `ctx.grant`.
 */
export const appProcedure = onApplicationDatabase((_call, change) => change())

/** Like `appProcedure`, for what a company decides about others that look at it: it may do so while it is suspended. */
export const consentProcedure = onApplicationDatabase((_call, change) => change(), admitMember)

/** Like `appProcedure`, for members and settings: once a change of them is committed, the tenant database hears of it. */
export const membersProcedure = onApplicationDatabase(async ({ services, caller }, change) => {
  const { grant, tenant } = caller
  try {
    await change()
  } catch (error) {
    if (isTenantryError(error, 'COMMIT_UNKNOWN')) services.memberProjection.makeDue(tenant.id)
    throw error
  }
  await services.memberProjection.refresh(grant, tenant.id)
})

function onApplicationDatabase(
  around: (call: Call<Admitted>, change: () => Promise<void>) => Promise<void>,
  admitToChange: typeof admitMember = admitMemberToChange,
) {
  return {
    meta: (meta: { permission: Permission }) =>
      openProcedure({
        query: (parse) =>
          surrounded(meta, parse, {
            admit: admitMember,
            open: ({ services }, proceed: Proceed<{ appDb: AppReader }>) =>
              proceed({ appDb: appReader(services.appDb) }),
          }),
        mutation: (parse) =>
          surrounded(meta, parse, {
            admit: admitToChange,
            open: (call, proceed: Proceed<{ appDb: AppDb }>) =>
              around(call, () => call.services.appDb.transaction((appDb) => proceed({ appDb }))),
          }),
      }),
  }
}

/**
 * A business query gets the tenant's reading handle; a mutation the writing handle, in one transaction. One whose
 * `statements` says `'one'` of its input commits with the one statement it sends, in the same round trip; a second one is
 * refused. One that says `requires` is not begun in a database that lacks the migration.
 */
export const tenantProcedure = {
  meta: ({
    statements,
    ...meta
  }: Omit<Meta, 'permission' | 'input' | 'output'> & {
    permission: Permission
    statements?: (input: unknown) => 'one' | 'many'
  }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitMember,
          async open({ services, caller, marks }, proceed: Proceed<{ tenantDb: TenantReader }>) {
            const { grant, tenant, access } = caller
            await services.dataSources.withTenant(grant, (tenantDb) => proceed({ tenantDb }), marks.reading(meta))
            if (access === 'write') services.memberProjection.refreshIfDue(grant, tenant.id)
          },
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitMemberToChange,
          async open({ services, caller, marks, input }, proceed: Proceed<{ tenantDb: TenantDb }>) {
            const { dataSources, memberProjection } = services
            const { grant, tenant } = caller
            const work = (tenantDb: TenantDb) => proceed({ tenantDb })
            const writing = marks.writing(meta)
            if (statements?.(input) === 'one') await dataSources.withTenantStatement(grant, work, writing)
            else await dataSources.withTenantWriter(grant, work, writing)
            memberProjection.refreshIfDue(grant, tenant.id)
          },
        }),
    }),
}

/**
 * A business call beside the company's files. A file is stored or fetched in no transaction, for as long as its sender or
 * its store takes: `ctx.read` and `ctx.write` open one for what is said in the database.
 */
export const filesProcedure = {
  meta: (meta: { permission: Permission; requires?: string }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitMember,
          open({ services: { dataSources, files }, caller: { grant }, marks }, proceed: Proceed<ReadingFiles>) {
            const read: ReadingFiles['read'] = (work) => dataSources.withTenant(grant, work, marks.reading(meta))
            return proceed({ read, files: tenantFiles(files, grant) })
          },
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitMemberToChange,
          open({ services: { dataSources, files }, caller: { grant }, marks }, proceed: Proceed<WritingFiles>) {
            const write: WritingFiles['write'] = (work) =>
              dataSources.withTenantWriter(grant, work, marks.writing(meta))
            return proceed({ write, files: tenantFiles(files, grant) })
          },
        }),
    }),
}

/**
 * Like the mutation of a `tenantProcedure`, for what a worker goes on with: `ctx.announce` says so to the application
 * database, before the transaction commits.
 */
export const workProcedure = {
  meta: (meta: { permission: Permission; requires: string }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMemberToChange,
        async open({ services, caller, marks }, proceed: Proceed<{ tenantDb: TenantDb; announce: Announce }>) {
          const { dataSources, appDb } = services
          const announce: Announce = (work) => appDb.importWork.add(caller.grant, work)
          const work = (tenantDb: TenantDb) => proceed({ tenantDb, announce })
          await dataSources.withTenantWriter(caller.grant, work, marks.writing(meta))
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

/**
 * Rows of a file on their way into the tenant's database, in many transactions and for as long as their sender takes: each
 * begins with a caller who may still do it.
 */
export const stagingProcedure = {
  meta: (meta: { permission: Permission; requires: string }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMemberToChange,
        open({ services, caller, marks, admitAgain }, proceed: Proceed<{ staging: StagingDesk }>) {
          const { dataSources, appDb } = services
          let [admitted, admittedAt] = [caller, performance.now()]
          const grant = async () => {
            if (performance.now() - admittedAt > freshMs) {
              admitted = await admitAgain()
              admittedAt = performance.now()
            }
            return admitted.grant
          }
          return proceed({
            staging: {
              write: async (work) => dataSources.withTenantWriter(await grant(), work, marks.writing(meta)),
              announce: async (work) => appDb.importWork.add(await grant(), work),
            },
          })
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

/** A grant lives for a minute. */
const freshMs = 20_000

type Announce = (work: { batchId: ImportBatchId; workId: string; delaySeconds?: number }) => Promise<void>

interface StagingDesk {
  write: <T>(work: (db: TenantDb) => Promise<T>) => Promise<T>
  announce: Announce
}

interface ReadingFiles {
  read: <T>(work: (db: TenantReader) => Promise<T>) => Promise<T>
  files: Pick<TenantFiles, 'get'>
}

interface WritingFiles {
  write: <T>(work: (db: TenantDb) => Promise<T>) => Promise<T>
  files: TenantFiles
}

interface DataSourceDesk {
  info(): ReturnType<DataSources['getTenantConnectionInfo']>
  test(): ReturnType<DataSources['testTenantConnection']>
  /** Throws TOO_MANY_REQUESTS. */
  diagnose(): Promise<ConnectionDiagnosis>
}

/** The size of a shared database is not its tenants' business. */
function withoutNeighbours(view: DataSourceView): DataSourceView {
  return view.placement === 'shared' ? { ...view, databaseBytes: null } : view
}

/** Where the tenant's data lives and how it is: `ctx.dataSource` speaks about the caller's tenant and runs no business query. */
export const dataSourceProcedure = {
  meta: (meta: { permission: Permission }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMember,
        open: ({ services, caller: { grant, tenant } }, proceed: Proceed<{ dataSource: DataSourceDesk }>) => {
          const { appDb, dataSources } = services
          return proceed({
            dataSource: {
              info: async () => withoutNeighbours(await dataSources.getTenantConnectionInfo(grant)),
              test: () => dataSources.testTenantConnection(grant),
              async diagnose() {
                await takeDiagnosis(appDb, tenant.id)
                return diagnoseConnection({ dataSources, grant, tenant: { id: tenant.id, slug: tenant.slug } })
              },
            },
          })
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

/** The console: a query gets `ctx.operatorDb` for reading, a mutation the whole of it in one transaction. Never a tenant's database. */
export const operatorProcedure = {
  meta: (meta: { permission: 'operator' }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitOperator,
          open: ({ services, caller }, proceed: Proceed<{ operatorDb: OperatorReader }>) =>
            proceed({ operatorDb: operatorReader(services.appDb.forOperator(caller.pass)) }),
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitOperator,
          open: ({ services, caller }, proceed: Proceed<{ operatorDb: OperatorDb }>) =>
            services.appDb.transaction((appDb) => proceed({ operatorDb: appDb.forOperator(caller.pass) })),
        }),
    }),
}

/** The console beside data sources: `ctx.fleet` tells where they are and how, and no transaction waits for one that is away. */
export const fleetProcedure = {
  meta: (meta: { permission: 'operator' }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitOperator,
        open: ({ services, caller }, proceed: Proceed<{ fleet: FleetDesk }>) =>
          proceed({ fleet: fleetDesk(services, caller.pass) }),
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

/**
 * Like the mutation of a `tenantProcedure`, for what is sent to customers: `ctx.openLink` makes the link they open it by,
 * `ctx.mail` writes to them.
 */
export const sendingProcedure = {
  meta: (meta: { permission: Permission; requires?: string }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMemberToChange,
        async open(
          { services, caller, marks },
          proceed: Proceed<{ tenantDb: TenantDb; openLink: OpenLink; mail: MailDesk }>,
        ) {
          const { dataSources, memberProjection, appDb, mailTokens } = services
          const { grant, tenant } = caller
          const openLink = openLinks(appDb, grant)
          const mail = openMailDesk(appDb, grant, mailTokens)
          const work = (tenantDb: TenantDb) => proceed({ tenantDb, openLink, mail })
          await dataSources.withTenantWriter(grant, work, marks.writing(meta))
          memberProjection.refreshIfDue(grant, tenant.id)
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

/** Where messages of a company come in: `ctx.inbound` speaks of the caller's tenant, in the application database alone. */
export const inboundProcedure = {
  meta: (meta: { permission: Permission }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitMember,
          open: ({ services, caller: { grant } }, proceed: Proceed<{ inbound: InboundReading }>) =>
            proceed({ inbound: openInboundReading(services, grant) }),
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitMemberToChange,
          open: ({ services, caller: { grant } }, proceed: Proceed<{ inbound: InboundDesk }>) =>
            proceed({ inbound: openInboundDesk(services, grant) }),
        }),
    }),
}

/** Whom the company tells of its changes: `ctx.webhooks` speaks of the caller's tenant, with its database beside. */
export const webhooksProcedure = {
  meta: (meta: { permission: Permission }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitMember,
          open: ({ services, caller: { grant } }, proceed: Proceed<{ webhooks: WebhookReading }>) =>
            proceed({ webhooks: openWebhookReading(services, grant) }),
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitMemberToChange,
          open: ({ services, caller: { grant } }, proceed: Proceed<{ webhooks: WebhookDesk }>) =>
            proceed({ webhooks: openWebhookDesk(services, grant) }),
        }),
    }),
}

/**
 * Nobody has signed in: the link in the input says which company, and `ctx.link.hash` tells its database which document. What
 * is drawn for whoever has a link is counted for each link.
 */
export const linkProcedure = {
  meta: ({ kind, isDrawn = false, ...meta }: { permission: 'link'; kind: LinkKind; isDrawn?: boolean }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitPublicCall,
          async open(call, proceed: Proceed<{ tenantDb: TenantReader; link: UsedLink }>) {
            const { dataSources, appDb } = call.services
            const { grant, link, applicationHash } = await useLink(call, kind)
            if (isDrawn) await takeDrawing(appDb, applicationHash)
            await dataSources.withTenant(grant, (tenantDb) => proceed({ tenantDb, link }), call.marks.reading({}))
          },
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitPublicCall,
          async open(call, proceed: Proceed<{ tenantDb: TenantDb; link: UsedLink }>) {
            const { grant, link } = await useLinkToChange(call, kind)
            const work = (tenantDb: TenantDb) => proceed({ tenantDb, link })
            await call.services.dataSources.withTenantWriter(grant, work, call.marks.writing({}))
          },
        }),
    }),
}

/** Money is taken between two transactions and in none: `ctx.payer` opens one for each step. */
export const payingProcedure = {
  meta: ({ kind, ...meta }: { permission: 'link'; kind: LinkKind }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitPublicCall,
        async open(call, proceed: Proceed<{ payer: Payer; link: UsedLink }>) {
          const { grant, link } = await useLinkToChange(call, kind)
          const { dataSources, paymentProvider: provider } = call.services
          const write: Payer['write'] = (work) => dataSources.withTenantWriter(grant, work, call.marks.writing({}))
          await proceed({ link, payer: { provider, write } })
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

async function useLink({ services, caller, input }: PublicCall, kind: LinkKind) {
  const { appDb, paymentProvider } = services
  const { requestId, ip, userAgent } = caller
  const { opened, hash, applicationHash } = await resolveLink(appDb, { kind, input, requestId })
  const link = { hash, ip, userAgent, open: openLinks(appDb, opened.grant), paysWith: paymentProvider.name }
  return { ...opened, link: link satisfies UsedLink, applicationHash }
}

async function useLinkToChange(call: PublicCall, kind: LinkKind) {
  const used = await useLink(call, kind)
  if (used.tenantStatus !== 'active') throw new TenantryError('TENANT_SUSPENDED')
  return used
}
