import { findFreePort } from '@tenantry/local-postgres/free-port'
import { openWatchdog } from '@tenantry/local-postgres/watchdog'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../project-copy.ts'
import { onlyWith } from './command-line.ts'

/** The web application as operators run it, a process of its own. States: stopped → running (`start`) → stopped (`stop`). */
export interface WebApplication extends AsyncDisposable {
  readonly origin: string
  start(): Promise<void>
  stop(): Promise<void>
}

const startMs = 120_000
const stopMs = 10_000

/** It compiles pages into a folder of its own: the checkout may have its development server running. */
export async function prepareWebApplication(environment: Record<string, string>): Promise<WebApplication> {
  const port = await findFreePort()
  const origin = `http://localhost:${port}`
  const pagesFolder = `.next/tour-${process.pid}`
  const env = onlyWith({
    ...environment,
    APP_ORIGIN: origin,
    PORT: String(port),
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    PAGES_FOLDER: pagesFolder,
    NEXT_TELEMETRY_DISABLED: '1',
  })
  let stop = async (): Promise<void> => undefined
  return {
    origin,
    async start() {
      const output: string[] = []
      const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
        cwd: join(root, 'apps/web'),
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)))
      const watchdog = openWatchdog({ removeFolder: undefined })
      watchdog.watch(child.pid)
      const ended = once(child, 'exit')
      stop = async () => {
        child.kill('SIGTERM')
        if (!(await Promise.race([ended, sleep(stopMs, false, { ref: false })]))) child.kill('SIGKILL')
        await ended
        watchdog.close()
        stop = async () => undefined
      }
      const deadline = performance.now() + startMs
      while (!(await isReady(origin))) {
        if (child.exitCode !== null || performance.now() > deadline)
          throw new Error(`The web application did not start:\n${output.join('')}`)
        await sleep(100)
      }
    },
    stop: () => stop(),
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(join(root, 'apps/web', pagesFolder), { recursive: true, force: true })
    },
  }
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false
  }
}
