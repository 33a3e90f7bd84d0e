import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf } from './children.ts'
import { failed, reasonOf } from './failures.ts'
import type { RunAs } from './run-as.ts'
import type { Watchdog } from './watchdog.ts'

export interface PostmasterSettings {
  folder: string
  durable: boolean
  runAs: RunAs
  watchdog: Watchdog
}

const startSeconds = 60
const stopMs = 10_000

/** The server process of one cluster: started, signalled, stopped, started again. */
export class Postmaster {
  readonly #settings: PostmasterSettings
  readonly #log: string
  #child: ChildProcess | undefined
  #ended: Promise<void> = Promise.resolve()

  constructor(settings: PostmasterSettings) {
    this.#settings = settings
    this.#log = join(settings.folder, 'server.log')
  }

  /** Resolves when the server accepts connections. */
  async start(port: number): Promise<void> {
    const deadline = Date.now() + startSeconds * 1000
    while (!(await this.#startOnce(port, deadline))) await sleep(100)
  }

  /** False when backends of a killed predecessor are still on their way out and it is worth trying again. */
  async #startOnce(port: number, deadline: number): Promise<boolean> {
    const { folder, runAs, watchdog } = this.#settings
    runAs.own(folder)
    const log = openSync(this.#log, 'w', 0o600)
    const child = runAs.spawn(
      'postgres',
      ['-D', join(folder, 'data'), ...serverSettings(port, this.#settings)],
      ['ignore', log, log],
    )
    closeSync(log)
    child.unref()
    this.#child = child
    this.#ended = new Promise((resolve) => {
      child.once('error', () => resolve())
      child.once('exit', () => resolve())
    })
    void this.#ended.then(() => {
      if (this.#child === child) this.#child = undefined
      watchdog.watch(this.#child?.pid)
    })
    if (child.pid !== undefined) watchdog.watch(child.pid)
    while (!isReady(folder, child.pid)) {
      if (this.#child !== child) {
        const words = readFileSync(this.#log, 'utf8')
        if (reasonOf(words) === 'still-ending' && Date.now() < deadline) return false
        throw failed(words, { folder, port, log: this.#log })
      }
      if (Date.now() > deadline) {
        await this.kill()
        throw failed(`PostgreSQL was not ready within ${startSeconds} s.`, { folder, log: this.#log })
      }
      await sleep(10)
    }
    return true
  }

  /** Fast shutdown; SIGKILL when that takes longer than 10 s. */
  async stop(): Promise<void> {
    if (this.#child === undefined) return
    this.#child.ref()
    this.signalAll('SIGCONT')
    this.#child.kill('SIGINT')
    const isOver = await Promise.race([this.#ended.then(() => true), sleep(stopMs, false, { ref: false })])
    if (!isOver) await this.kill()
  }

  async kill(): Promise<void> {
    this.#child?.ref()
    this.signalAll('SIGKILL')
    await this.#ended
  }

  /** To the server first, so that it cannot start new backends meanwhile, then to its backends. */
  signalAll(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    const pid = this.#child?.pid
    if (pid === undefined) return
    const backends = childrenOf(pid)
    this.#child?.kill(signal)
    const all = [...new Set([...backends, ...childrenOf(pid)])]
    for (const backend of all) sendSignal(backend, signal)
    this.#settings.watchdog.noteFrozen(signal === 'SIGSTOP' ? all : [])
  }
}

function serverSettings(port: number, { durable }: PostmasterSettings): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: 300,
    // Companies that move in send their changes through the log.
    wal_level: 'logical',
    shared_buffers: '64MB',
    min_wal_size: '32MB',
    max_wal_size: '256MB',
    // Inside the data folder, so that a killed server leaves nothing in /dev/shm.
    dynamic_shared_memory_type: 'mmap',
    io_method: 'sync',
    // Statements hold customers' data; they stay out of the log.
    log_min_error_statement: 'panic',
    // Commits are still written, for whoever kills the server: only the machine may not fail.
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** PostgreSQL itself writes its process id and, once it accepts connections, `ready` into this file. */
function isReady(folder: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself in the meantime.
  }
}
