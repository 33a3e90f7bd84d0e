import { openAppDb, type AppDbConnection } from '@tenantry/app-db/open'
import { hashPassword, openAuth, openInvitations, type Auth, type Invitations } from '@tenantry/auth'
import { parseTarget, type Target } from '@tenantry/connections/target'
import type { PaymentProvider } from '@tenantry/crm/payment-provider'
import { TestPaymentProvider } from '@tenantry/crm/test-payment-provider'
import { parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { TenantryError } from '@tenantry/errors'
import { noFileStore } from '@tenantry/files/open'
import type { FileStore } from '@tenantry/files/store'
import { openLogger, type Logger } from '@tenantry/telemetry/logger'
import { openMetrics } from '@tenantry/telemetry/metrics'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createCalendarHandler } from './calendar/handler.ts'
import { createFilesHandler } from './files/handler.ts'
import { createHandler } from './http/handler.ts'
import { createInboundHandler } from './inbound/handler.ts'
import { createRestHandler } from './rest/handler.ts'
import { mailTokensOf } from './mail-tokens.ts'
import { MemberProjection } from './member-projection.ts'
import { openReadiness, type Readiness } from './observation/readiness.ts'
import { runtimeMetrics } from './observation/runtime-metrics.ts'
import { createContext, type RequestFacts } from './procedures/context.ts'
import { createCallerFactory } from './procedures/router.ts'
import { appRouter } from './router.ts'
import { sealerOf } from './sealer.ts'
import type { TenantStates } from './tenant-states.ts'

export interface RuntimeConfig {
  /** `postgres://role:password@host:port/database`, as the application's own role. */
  appDatabaseUrl: string
  /** The keyring's text, newest key first. */
  keys: string
  /** At least 32 characters. */
  sessionSecret: string
  /** As the browser sees it, such as `https://crm.example.com`. */
  origin: string
  /** Proxies in front of the server that append to X-Forwarded-For. */
  trustedProxyHops: number
  /** Metrics tell tenants apart. Default false: thousands of lines, and ids of customers in the monitoring. */
  tenantLabels?: boolean
  /** Where this process runs; reads go to replicas of the same region. */
  region?: string | undefined
  /** Connections to one database server, of all processes together. Default 100. */
  connectionsPerServer?: number
  /** Suspends and resumes for the console; left out, only the command line does. */
  openTenantStates?: (access: { app: AppDbConnection; keyring: Keyring }) => TenantStates
  /** How often each data source is looked at, by one process of all that run. Left out or 0, this process looks at none. */
  healthCheckSeconds?: number
  /** Webhooks may go to addresses without TLS; the worker knows within which networks. Default false. */
  allowsPlainWebhooks?: boolean
  /** Who takes customers' money. Default: a provider for tests, which moves none. */
  paymentProvider?: PaymentProvider
  /** Where that keeps its books. Left out, in the memory of this process. */
  testPaymentsFolder?: string | undefined
  /** Where files are kept; it is closed with the runtime. Left out, files cannot be reached. */
  files?: FileStore | undefined
  /** How large a file of rows may be that is imported. Default 256 MB. */
  maxImportBytes?: number | undefined
  /** How large a message may be that a provider delivers, with its files. Default 40 MB. */
  maxInboundBytes?: number | undefined
  /** Default `info`. */
  logLevel?: string
  /** Takes one line of JSON at a time. Default: standard output. */
  logDestination?: { write(line: string): void }
}

/** Everything one server process holds: both planes, sign-in, the procedures. What it opened it closes. */
export interface Runtime extends AsyncDisposable {
  readonly logger: Logger
  /** For the route of next-auth. */
  readonly nextAuthOptions: Auth['nextAuthOptions']
  /** For people who have no sign-in yet. */
  readonly invitations: Invitations
  /** Serves `/api/trpc/…`. Never rejects. */
  handleTrpc(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Serves `/api/files/…`: what comes or goes as bytes. Never rejects. */
  handleFiles(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Serves `/api/calendar/…` for calendars. Never rejects. */
  handleCalendar(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Serves `/api/v1/…` for programs with a key. Never rejects. */
  handleRest(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Serves `/api/inbound/…`: mails and text messages that providers deliver. Never rejects. */
  handleInbound(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** The procedures as one signed-in page calls them on the server, without HTTP; its calls share one session read. */
  callerFor(request: Pick<RequestFacts, 'cookieHeader'>): Caller
  /** Whether requests may be sent here. Depends on the application database alone. Never rejects. */
  readiness(): Promise<Readiness>
  /** What this process counts and holds, as Prometheus reads it. */
  metricsText(): Promise<string>
  /** Waits for the work under way in the databases. */
  close(): Promise<void>
}

const defaultMaxImportBytes = 256 * 1024 * 1024
/** A mail of 25 MB, which is what most servers take, with its files as text. */
const defaultMaxInboundBytes = 40 * 1024 * 1024

const createCaller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof createCaller>

/**
 * Connects to nothing yet: a database that is away shows with the first request. Throws CONFIGURATION_INVALID or
 * CREDENTIAL_KEY_INVALID for values that cannot be right.
 */
export function openRuntime(config: RuntimeConfig): Runtime {
  const { sessionSecret, origin, trustedProxyHops, logDestination } = config
  const logger = openLogger({ level: config.logLevel, ...(logDestination && { destination: logDestination }) })
  const keyring = parseKeyring(config.keys)
  const app = openAppDb({ target: appTarget(config.appDatabaseUrl), hashPassword })
  const appDb = app.db
  const dataSources = openDataSources({
    appDb,
    keyring,
    logger,
    changes: app.tenantChanges,
    budget: { source: app.connectionShares, mostPerServer: config.connectionsPerServer ?? 100 },
    ...(config.region !== undefined && { region: config.region }),
    ...(config.healthCheckSeconds && {
      health: { rounds: app.healthRounds, everyMs: config.healthCheckSeconds * 1000 },
    }),
  })
  const auth = openAuth({ appDb, sessionSecret, origin, trustedProxyHops, logger })
  const memberProjection = new MemberProjection({ appDb, dataSources, logger })
  const observed = { dataSources, runs: app.runs, transfers: app.transfers, health: app.health, logger }
  const metrics = openMetrics(() => runtimeMetrics(observed, { byTenant: config.tenantLabels ?? false }))
  const paymentProvider = config.paymentProvider ?? new TestPaymentProvider({ folder: config.testPaymentsFolder })
  const files = config.files ?? noFileStore()
  const mailTokens = mailTokensOf(keyring)
  const tenantStates = config.openTenantStates?.({ app, keyring })
  const services = {
    tenantStates,
    appDb,
    auth,
    dataSources,
    memberProjection,
    paymentProvider,
    files,
    mailTokens,
    sealer: sealerOf(keyring),
    allowsPlainWebhooks: config.allowsPlainWebhooks ?? false,
    logger,
  }
  const openContext = (facts: RequestFacts) => createContext(services, facts)
  const close = async () => {
    await memberProjection.settled()
    await dataSources.close()
    await app.close()
    await files[Symbol.asyncDispose]()
    await metrics.close()
  }
  return {
    logger,
    nextAuthOptions: auth.nextAuthOptions,
    invitations: openInvitations(appDb),
    handleTrpc: createHandler({ origin, logger, openContext }),
    handleFiles: createFilesHandler({
      origin,
      maxImportBytes: config.maxImportBytes ?? defaultMaxImportBytes,
      logger,
      openContext,
    }),
    handleCalendar: createCalendarHandler({ appDb, dataSources, logger }),
    handleRest: createRestHandler({ origin, logger, openContext }),
    handleInbound: createInboundHandler({
      ...services,
      origin,
      maxBytes: config.maxInboundBytes ?? defaultMaxInboundBytes,
    }),
    callerFor: ({ cookieHeader }) =>
      createCaller(openContext({ requestId: randomUUID(), cookieHeader, assertedTenantId: undefined })),
    readiness: openReadiness(app, logger),
    metricsText: () => metrics.text(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function appTarget(url: string): Target {
  const { user, password, ...address } = parseTarget(url)
  if (user === undefined || password === undefined) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'The address of the application database must name a role and its password.',
    })
  }
  return { ...address, user, password: () => password, applicationName: 'tenantry' }
}
