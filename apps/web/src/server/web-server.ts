import { openFileStore } from '@tenantry/files/open'
import { openRuntime } from '@tenantry/api/runtime'
import { openTenantStates } from '@tenantry/fleet/tenant-states'
import type { Logger } from '@tenantry/telemetry/logger'
import next from 'next'
import { createServer, type RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { tellNextAuth, type Env } from '../env.ts'
import { drainOf } from './drain.ts'
import { listen } from './listen.ts'
import { probesFor } from './probes.ts'
import { requestListener } from './request-listener.ts'
import { shareRuntime } from './shared-runtime.ts'

export interface WebServer {
  readonly port: number
  readonly logger: Logger
  /**
   * Says on `/readyz` that nothing more should be sent, for as long as configured; then takes nothing new, answers what is
   * under way, and closes every connection to a database.
   */
  close(): Promise<void>
}

/** A request may take this long after the server was asked to stop. */
const drainMs = 4000

/**
 * Calls and pages behind one port. The port is taken first, so that a second start fails at once and in words; requests
 * that arrive before everything is open wait.
 */
export async function startWebServer(env: Env, folder: string): Promise<WebServer> {
  const isDevelopment = env.NODE_ENV === 'development'
  let open: (listener: RequestListener) => void = () => undefined
  const opened = new Promise<RequestListener>((resolve) => (open = resolve))
  const server = createServer((request, response) => void opened.then((listener) => listener(request, response)))
  const drain = drainOf(server, { withinMs: drainMs })
  const port = await listen(server, { port: env.PORT, host: env.HOST ?? (isDevelopment ? '127.0.0.1' : undefined) })

  tellNextAuth(env.APP_ORIGIN)
  const runtime = openRuntime({
    appDatabaseUrl: env.APP_DATABASE_URL,
    keys: env.TENANTRY_KEYS,
    logLevel: env.LOG_LEVEL,
    region: env.REGION,
    connectionsPerServer: env.TENANT_SERVER_CONNECTIONS,
    openTenantStates,
    healthCheckSeconds: env.HEALTH_CHECK_SECONDS,
    allowsPlainWebhooks: env.WEBHOOK_NETWORKS !== undefined,
    sessionSecret: env.SESSION_SECRET,
    origin: env.APP_ORIGIN,
    // This server is the only proxy in front of next-auth, and says there whom TRUSTED_PROXY_HOPS lets it believe.
    trustedProxyHops: 1,
    tenantLabels: env.METRICS_TENANT_LABELS,
    files: openFileStore(env),
    testPaymentsFolder: env.TEST_PAYMENTS_FOLDER,
    maxImportBytes: env.IMPORT_MAX_MEGABYTES * 1024 * 1024,
    maxInboundBytes: env.INBOUND_MAX_MEGABYTES * 1024 * 1024,
  })
  const { logger } = runtime
  shareRuntime(runtime)
  const pages = next({ dev: isDevelopment, dir: folder, port, httpServer: server })
  await pages.prepare()
  let isStopping = false
  const probes = probesFor({ runtime, isStopping: () => isStopping, metricsToken: env.METRICS_TOKEN })
  open(
    requestListener({
      mode: isDevelopment ? 'development' : 'production',
      origin: env.APP_ORIGIN,
      trustedProxyHops: env.TRUSTED_PROXY_HOPS,
      api: runtime.handleTrpc,
      files: runtime.handleFiles,
      calendar: runtime.handleCalendar,
      rest: runtime.handleRest,
      inbound: runtime.handleInbound,
      pages: pages.getRequestHandler(),
      probes,
      onFailure: (err) => logger.error({ err }, 'A request failed'),
    }),
  )
  return {
    port,
    logger,
    async close() {
      isStopping = true
      await sleep(env.STOP_NOTICE_SECONDS * 1000)
      await drain()
      await pages.close()
      await runtime.close()
    },
  }
}
