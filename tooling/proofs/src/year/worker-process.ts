import { openWatchdog } from '@tenantry/local-postgres/watchdog'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../project-copy.ts'
import { fromSource, onlyWith } from '../tour/command-line.ts'

const stopMs = 20_000

/** `tenantry worker` as operators run it. */
export interface WorkerProcess extends AsyncDisposable {
  /** Lets what is under way end. */
  stop(): Promise<void>
}

export function startWorkerProcess(environment: Record<string, string>): WorkerProcess {
  const child = spawn(process.execPath, [...fromSource, 'worker', '--quiet'], {
    cwd: root,
    env: onlyWith(environment),
    stdio: 'ignore',
  })
  const watchdog = openWatchdog({ removeFolder: undefined })
  watchdog.watch(child.pid)
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    if (!(await Promise.race([ended, sleep(stopMs, false, { ref: false })]))) child.kill('SIGKILL')
    await ended
    watchdog.close()
  }
  return { stop, [Symbol.asyncDispose]: stop }
}
