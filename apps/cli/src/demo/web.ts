import { TenantryError } from '@tenantry/errors'
import { openWatchdog } from '@tenantry/local-postgres/watchdog'
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface WebProcess {
  /** Resolves when the process is gone, for whatever reason. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

const readyMs = 120_000
const stopMs = 5000

/**
 * Starts the web application as a process of its own and waits until it answers. Its output goes to `logFile`.
 * The watchdog ends it when this process is killed.
 */
export async function startWeb(options: {
  root: string
  port: number
  logFile: string
  environment: NodeJS.ProcessEnv
}): Promise<WebProcess> {
  const log = openSync(options.logFile, 'w', 0o600)
  const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
    cwd: join(options.root, 'apps', 'web'),
    // A group of its own: Ctrl-C reaches us, and we end it in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: options.environment,
  })
  closeSync(log)
  const watchdog = openWatchdog({ removeFolder: undefined })
  if (child.pid !== undefined) watchdog.watch(child.pid)
  const state = { hasEnded: false }
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  }).then(() => {
    state.hasEnded = true
    watchdog.close()
  })
  const stop = async () => {
    child.kill('SIGTERM')
    const isOver = await Promise.race([ended.then(() => true), sleep(stopMs, false, { ref: false })])
    if (!isOver) child.kill('SIGKILL')
    await ended
  }
  const deadline = Date.now() + readyMs
  while (!(await answers(options.port))) {
    if (state.hasEnded) throw didNotStart(`It ended by itself. ${lastWords(options.logFile)}`, options.logFile)
    if (Date.now() > deadline) {
      await stop()
      throw didNotStart(`It did not answer within ${readyMs / 1000} s.`, options.logFile)
    }
    await sleep(100)
  }
  return { ended, stop }
}

/** Refuses early, before anything has been started. */
export function assertPortIsFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (cause: NodeJS.ErrnoException) => reject(portRefused(port, cause)))
    probe.listen(port, () => probe.close(() => resolve()))
  })
}

function portRefused(port: number, cause: NodeJS.ErrnoException): TenantryError {
  const message =
    cause.code === 'EACCES'
      ? `This user may not listen on port ${port}. Choose one above 1024: \`pnpm dev --port 3001\`.`
      : `Port ${port} is already in use. Stop the program that listens there, or choose another: \`pnpm dev --port ${port + 1}\`.`
  return new TenantryError('CONFIGURATION_INVALID', { message, cause })
}

/** Any answer counts: the application decides what it says, here it only matters that it listens. */
async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(5000), redirect: 'manual' })
    return true
  } catch {
    return false
  }
}

function didNotStart(why: string, logFile: string): TenantryError {
  return new TenantryError('INTERNAL', {
    message: `The web application did not start. ${why} Its output is in ${logFile}.`,
  })
}

function lastWords(logFile: string): string {
  const line = readFileSync(logFile, 'utf8')
    .split('\n')
    .findLast((text) => /error|⨯/i.test(text))
  return line === undefined ? '' : `It said: ${line.trim().slice(0, 300).replace(/\.$/, '')}.`
}
