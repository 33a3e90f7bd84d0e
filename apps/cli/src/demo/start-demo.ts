import { urlOf } from '@tenantry/connections/target'
import { generateKey } from '@tenantry/credentials/keyring'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { environmentWith } from '../env.ts'
import { exitCode, Refusal, type ExitCode } from '../exit-code.ts'
import type { Progress } from '../progress.ts'
import type { Shell } from '../shell.ts'
import { demoNetworks, type RunningWorker } from '../start-worker.ts'
import { appRole, buildWorld } from './build-world.ts'
import type { DemoFolder, DemoSecrets } from './demo-folder.ts'
import { launchersOf, watchLaunchers } from './launchers.ts'
import { startDemoWorker } from './demo-worker.ts'
import { findRunningDemo } from './running-demo.ts'
import { appDatabaseName, startOwnServers, useServer } from './servers.ts'
import { summarize, type DemoSummary } from './summary.ts'
import { assertPortIsFree, startWeb, type WebProcess } from './web.ts'
import { writeServersFile } from './write-servers-file.ts'

export interface StartOptions {
  port: number
  reset: boolean
  /** `production` serves what `pnpm build` made. */
  mode: 'development' | 'production'
  progress: Progress
}

export interface RunningDemo {
  summary: DemoSummary
  /** Resolves when the demo has been asked to stop and everything has stopped. */
  ended: Promise<ExitCode>
}

/**
 * Servers, databases, demo data, web application, in this order. Everything is a child of this process with a watchdog,
 * so even SIGKILL leaves nothing running.
 */
export async function startDemo(shell: Shell, { port, reset, mode, progress }: StartOptions): Promise<RunningDemo> {
  const started = performance.now()
  const folder = shell.demoFolder
  const stopRequest = waitForStopRequest()
  assertMayStart(shell, folder, reset)
  await assertPortIsFree(port)
  if (reset) folder.clear()
  const secrets = ensureSecrets(folder)
  const url = `http://localhost:${port}`
  folder.running.write({ pid: process.pid, url })

  const ownDatabase = shell.env.APP_DATABASE_URL
  const servers = await progress.step('Starting PostgreSQL', (detail) =>
    ownDatabase === undefined ? startOwnServers(folder, detail) : Promise.resolve(useServer(ownDatabase)),
  )
  let web: WebProcess | undefined
  let worker: RunningWorker | undefined
  const stopAll = async () => {
    await worker?.close()
    await web?.stop()
    await servers.stop()
    folder.running.remove()
  }
  try {
    writeServersFile(folder.serversFile, servers)
    const world = await buildWorld({ servers, secrets, progress })
    const logFile = join(folder.path, 'web.log')
    web = await progress.step('Starting the web application', () =>
      startWeb({
        root: shell.root,
        port,
        logFile,
        environment: environmentWith({
          NODE_ENV: mode,
          PORT: String(port),
          APP_ORIGIN: url,
          APP_DATABASE_URL: urlOf({
            ...servers.app,
            user: appRole,
            password: () => secrets.appPassword,
            database: appDatabaseName,
          }),
          TENANTRY_KEYS: secrets.keys,
          SESSION_SECRET: secrets.sessionSecret,
          FILES_FOLDER: folder.filesFolder,
          TEST_PAYMENTS_FOLDER: folder.testPaymentsFolder,
          WEBHOOK_NETWORKS: demoNetworks,
          NEXT_TELEMETRY_DISABLED: '1',
        }),
      }),
    )
    worker = await progress.step('Starting the worker', () =>
      startDemoWorker(shell, { server: servers.app, secrets, url }),
    )
    const readySeconds = (performance.now() - started) / 1000
    return {
      summary: summarize({ url, addressOf: world.addressOf, readySeconds, logFile }),
      ended: endOf({ web, stopRequest, progress, stopAll }),
    }
  } catch (error) {
    await stopAll()
    stopRequest.forget()
    throw error
  }
}

function assertMayStart(shell: Shell, folder: DemoFolder, reset: boolean): void {
  const running = findRunningDemo(folder)
  if (running) {
    throw new Refusal(
      `The demo already runs at ${running.url} (process ${running.pid}). Stop it with \`pnpm tenantry demo stop\`.`,
    )
  }
  if (reset && shell.env.APP_DATABASE_URL !== undefined) {
    throw new Refusal('--reset removes databases only from servers of our own. Drop the ones on yours by hand.')
  }
}

function ensureSecrets(folder: DemoFolder): DemoSecrets {
  const kept = folder.secrets.read()
  if (kept) return kept
  if (existsSync(folder.serverFolder('app'))) {
    throw new Refusal('The demo data is there, but .tenantry/secrets.json, which opens it, is not. Use --reset.')
  }
  const secrets = {
    keys: `k2:${generateKey()},k1:${generateKey()}`,
    sessionSecret: randomBytes(32).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
  }
  folder.secrets.write(secrets)
  return secrets
}

type StopReason = 'interrupted' | 'asked' | 'launcher-gone'

interface StopRequest {
  readonly reason: Promise<StopReason>
  /** Until then a signal ends the process at once: the watchdogs stop what has been started. */
  beginGracefully(): void
  forget(): void
}

function waitForStopRequest(): StopRequest {
  let isGraceful = false
  let request: (reason: StopReason) => void = () => undefined
  const reason = new Promise<StopReason>((resolve) => (request = resolve))
  const ask = (why: StopReason) => {
    if (!isGraceful) process.exit(exitCode.interrupted)
    // A second Ctrl-C does not wait.
    isGraceful = false
    request(why)
  }
  const handlers: [NodeJS.Signals, () => void][] = [
    ['SIGINT', () => ask('interrupted')],
    ['SIGTERM', () => ask('asked')],
    ['SIGHUP', () => ask('asked')],
  ]
  for (const [signal, handler] of handlers) process.on(signal, handler)
  const watch = watchLaunchers(launchersOf(process.pid), () => ask('launcher-gone'))
  return {
    reason,
    beginGracefully: () => (isGraceful = true),
    forget: () => {
      watch.stop()
      for (const [signal, handler] of handlers) process.off(signal, handler)
    },
  }
}

async function endOf(running: {
  web: WebProcess
  stopRequest: StopRequest
  progress: Progress
  stopAll: () => Promise<void>
}): Promise<ExitCode> {
  running.stopRequest.beginGracefully()
  const cause = await Promise.race([running.stopRequest.reason, running.web.ended.then(() => 'web-ended' as const)])
  if (cause === 'web-ended') running.progress.note('The web application ended by itself; see its log.')
  await running.progress.step('Stopping', running.stopAll)
  running.stopRequest.forget()
  return cause === 'web-ended' ? exitCode.failed : exitCode.ok
}
