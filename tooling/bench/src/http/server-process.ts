import { openWatchdog } from '@tenantry/local-postgres/watchdog'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ServerProcess {
  stop(): Promise<void>
  /** The server knows what it means. */
  signal(name: NodeJS.Signals): void
  /** Processor time it has used so far; NaN where the system does not tell. */
  cpuMs(): number
}

const readyMs = 60_000

/** Starts Node with `args` and waits until something listens. The process goes when this one does, however that ends. */
export async function startServerProcess(options: {
  port: number
  args: string[]
  environment: NodeJS.ProcessEnv
}): Promise<ServerProcess> {
  const output: string[] = []
  const child = spawn(process.execPath, options.args, { env: options.environment, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)))
  const watchdog = openWatchdog({ removeFolder: undefined })
  watchdog.watch(child.pid)
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    const killing = setTimeout(() => child.kill('SIGKILL'), 3000)
    await ended
    clearTimeout(killing)
    watchdog.close()
  }
  const assertRuns = () => {
    if (child.exitCode === null && child.signalCode === null) return
    throw new Error(`A server ended by itself (${child.exitCode ?? child.signalCode}):\n${output.join('')}`)
  }
  const deadline = performance.now() + readyMs
  while (!(await listens(options.port))) {
    assertRuns()
    if (performance.now() > deadline) {
      await stop()
      throw new Error(`A server did not start within ${readyMs / 1000} s:\n${output.join('')}`)
    }
    await sleep(50)
  }
  const cpuMs = () => {
    assertRuns()
    return cpuMsOf(child.pid)
  }
  return { stop, signal: (name) => void child.kill(name), cpuMs }
}

/** Any answer counts. */
async function listens(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/not-a-page`, { signal: AbortSignal.timeout(5000) })
    return true
  } catch {
    return false
  }
}

/** Linux counts in hundredths of a second, whatever the machine. */
function cpuMsOf(pid: number | undefined): number {
  if (process.platform !== 'linux') return Number.NaN
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
