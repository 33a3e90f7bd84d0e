import { once } from 'node:events'
import type { Socket } from 'node:net'
import { Answers } from './answers.ts'
import { dial } from './dial.ts'
import { openDriver, PostgresError, type Driver, type DriverRows, type Form } from './driver.ts'
import { DeadlinePassed, LinkLost, Refused, StalePlan } from './link-failures.ts'
import { LoginGuard } from './login-guard.ts'
import { encodeParameter } from './parameters.ts'
import {
  isSoundAfter,
  leavesSessionState,
  meansStalePlan,
  outlivesTransaction,
  ReportedSettings,
} from './session-state.ts'
import { sessionSettings, type SessionOptions } from './session-settings.ts'
import type { Target } from './target.ts'
import { WireTap, type TapListener } from './wire-tap.ts'

export interface LinkOptions extends SessionOptions {
  /** Dialing, TLS, login and proof together. */
  connectMs: number
  /** Of one answer. Default 64 MiB. */
  maxBytes?: number
}

/** The server is asked to give up first, so that the connection survives a slow statement. */
const graceMs = 300
const maxPreparedStatements = 300
const maxPreparedLength = 16_384
const nothing = Buffer.alloc(0)
const goodbye = Buffer.from([0x58, 0, 0, 0, 4])

/** Whoever is told when there will be no answer. */
interface Waiting {
  fail(why: LinkLost): void
  dueAt: number
  copy: CopySink | undefined
}

/** What a COPY tells while it runs. */
export interface CopySink {
  /** A piece of what COPY TO gives; rows are not cut at its ends. The bytes are only good during the call. */
  data?(bytes: Buffer, start: number, end: number): void
  /** COPY FROM waits for data. */
  ready?(): void
}

/**
 * One physical connection, held by one owner at a time, which never reconnects.
 *
 * States: opening → open → dead. Dead is final and known at once: nothing is sent any more and whoever waits is told.
 * While open, `status` is what the server last said about the session: I idle, T in a transaction, E in a failed one.
 */
export class Link implements TapListener {
  status = '?'
  dead: LinkLost | undefined
  /** Why the session may not be given to anybody else. */
  tainted: string | undefined
  /** The server has said COMMIT since this was last cleared. */
  committed = false
  readonly openedAt = performance.now()
  /** Told at once when the connection dies. There is one owner. */
  onDead: ((why: LinkLost) => void) | undefined
  /** Told when a session that listens is notified. Must not throw. */
  onNotification: (() => void) | undefined

  readonly #target: Target
  readonly #options: LinkOptions
  readonly #driver: Driver
  readonly #tap: WireTap
  readonly #login = new LoginGuard()
  readonly #settings = new ReportedSettings()
  /** In the order of sending. */
  readonly #waiting: Waiting[] = []
  #deadline: NodeJS.Timeout | undefined
  readonly #prepared = new Set<string>()
  readonly #answers = new Answers()
  #socket: Socket | undefined
  #lastWords: string | undefined
  /** Known from the dial to the login. */
  #password: string | undefined

  private constructor(target: Target, options: LinkOptions) {
    this.#target = target
    this.#options = options
    this.#tap = new WireTap(this, options.maxBytes ?? 64 * 1024 * 1024)
    // Asked for here and not when the driver wants it: there an exception would end the process.
    this.#password = target.password()
    this.#driver = openDriver(target, sessionSettings(target, options), {
      socket: () => this.#dial(),
      password: () => this.#takePassword(),
    })
  }

  /** Dials, logs in and lets `prove` use the session, all within `connectMs`. */
  static async open(target: Target, options: LinkOptions, prove?: (link: Link) => Promise<void>): Promise<Link> {
    const link = new Link(target, options)
    const timer = setTimeout(() => link.kill(new DeadlinePassed('connecting took too long')), options.connectMs)
    try {
      await link.#unlessItDies(prove?.(link))
      // The driver dials with the first statement; a proof need not have sent one.
      if (link.status === '?') await link.run('', [], 'script')
      if (link.dead) throw link.dead
      return link
    } catch (error) {
      link.kill(error instanceof LinkLost ? error : new LinkLost('the proof failed'))
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** A proof may wait for something else than this connection. */
  #unlessItDies(work: Promise<void> | undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.onDead = reject
      Promise.resolve(work).then(resolve, reject)
    }).finally(() => (this.onDead = undefined))
  }

  /** Statements sent without waiting share a round trip and are answered in order. Rejects with LinkLost or PostgresError. */
  run(text: string, parameters: readonly unknown[], form: Form, copy?: CopySink): Promise<DriverRows> {
    let encoded: (string | null)[]
    try {
      if (this.dead) throw this.dead
      encoded = encodeStatement(text, parameters)
    } catch (error) {
      return Promise.reject(error as Error)
    }
    return new Promise((resolve, reject) => {
      const asked = this.#answers.asked(text, form)
      const waiting: Waiting = { fail: reject, dueAt: performance.now() + this.#options.statementMs + graceMs, copy }
      this.#waiting.push(waiting)
      this.#watchDeadline()
      const sent = this.#driver.send(text, encoded, form, form !== 'script' && this.#prepares(text))
      sent.then(
        (result) => {
          this.#settled(waiting)
          resolve(filled(result, asked.rows))
        },
        (error: Error) => {
          const why = this.#judge(error)
          this.#settled(waiting)
          reject(why)
        },
      )
    })
  }

  /** Data for the COPY under way, as it goes onto the wire. Resolves when more may be written; dead connections lose it. */
  async write(...pieces: Buffer[]): Promise<void> {
    const socket = this.#socket
    if (this.dead || socket === undefined) throw this.dead ?? new LinkLost('there is no connection')
    socket.cork()
    let isRoom = true
    for (const piece of pieces) isRoom = socket.write(piece)
    socket.uncork()
    if (isRoom) return
    const over = new AbortController()
    const either = (event: string) => once(socket, event, { signal: over.signal }).catch(() => undefined)
    await Promise.race([either('drain'), either('close')])
    over.abort()
    if (this.dead) throw this.dead
  }

  /** Stops reading from the wire until `resume`. */
  pause(): void {
    this.#socket?.pause()
  }

  resume(): void {
    this.#socket?.resume()
  }

  #settled(waiting: Waiting): void {
    const at = this.#waiting.indexOf(waiting)
    if (at >= 0) this.#waiting.splice(at, 1)
  }

  /** One timer for the oldest statement instead of one for each: most are answered long before. */
  #watchDeadline(): void {
    const [oldest] = this.#waiting
    if (oldest === undefined || this.#deadline !== undefined) return
    this.#deadline = setTimeout(() => {
      this.#deadline = undefined
      const [late] = this.#waiting
      if (late && late.dueAt <= performance.now()) this.kill(new DeadlinePassed('the statement took too long'))
      else this.#watchDeadline()
    }, oldest.dueAt - performance.now()).unref()
  }

  /** What the driver throws by itself, not on behalf of the server, leaves the state of the session unknown. */
  #judge(error: Error): Error {
    if (error instanceof PostgresError) return error
    this.kill(error instanceof LinkLost ? error : new LinkLost('the driver failed'))
    return this.dead ?? error
  }

  get busy(): boolean {
    return this.#waiting.length > 0
  }

  /** May be given to the next owner. */
  get sound(): boolean {
    return !this.dead && this.tainted === undefined && this.status === 'I' && !this.busy && !this.#settings.areChanged
  }

  /** Its store of prepared statements is full; a new connection starts with an empty one. */
  get worn(): boolean {
    return this.#prepared.size >= maxPreparedStatements
  }

  /** At once and for good. */
  kill(why: LinkLost): void {
    if (this.dead) return
    this.dead = why
    this.#socket?.destroy()
    clearTimeout(this.#deadline)
    for (const { fail } of this.#waiting.splice(0)) fail(why)
    this.onDead?.(why)
  }

  /** Says goodbye; for an idle connection. */
  close(): void {
    if (this.dead) return
    this.dead = new LinkLost('closed by its owner')
    clearTimeout(this.#deadline)
    const socket = this.#socket
    socket?.end(goodbye)
    setTimeout(() => socket?.destroy(), 1000).unref()
  }

  /** Once the server has let go of a connection that was closed, or when it is no more to be heard of. */
  whenGone(tell: () => void): void {
    const socket = this.#socket
    if (socket === undefined || socket.destroyed) tell()
    else socket.once('close', tell)
  }

  #prepares(text: string): boolean {
    if (this.#prepared.has(text)) return true
    if (leavesSessionState(text)) this.tainted = 'the statement may have left state in the session'
    if (this.#prepared.size >= maxPreparedStatements || text.length > maxPreparedLength) return false
    this.#prepared.add(text)
    return true
  }

  /** Called by the driver for the one connection of its life, and again when it wants to reconnect. */
  async #dial(): Promise<Socket> {
    if (this.#socket || this.dead) throw this.dead ?? new LinkLost('a connection is never replaced')
    const socket = await dial(this.#target, (opened) => this.#watch(opened))
    if (this.dead) throw this.dead
    this.#listen(socket)
    return socket
  }

  #watch(socket: Socket): void {
    this.#socket = socket
    socket.on('error', (error: NodeJS.ErrnoException) => this.kill(new LinkLost(this.#reason(error), this.#lastWords)))
    socket.on('close', () => this.kill(new LinkLost(this.#reason(), this.#lastWords)))
  }

  #reason(error?: NodeJS.ErrnoException): string {
    return `connection lost: ${error?.code ?? this.#lastWords ?? 'closed by the server'}`
  }

  /** The driver registers one `data` listener; everything passes the tap before it. */
  #listen(socket: Socket): void {
    const register = socket.on.bind(socket) as (event: string, listener: (...values: never[]) => void) => Socket
    const on = (event: string, listener: (...values: never[]) => void): Socket => {
      if (event !== 'data') return register(event, listener)
      const tapped = (chunk: Buffer) => {
        const seen = this.#admitted(chunk)
        if (seen.length > 0) (listener as (chunk: Buffer) => void)(seen)
      }
      // `listener` lets the driver's removeListener find it.
      return register(event, Object.assign(tapped, { listener }) as (...values: never[]) => void)
    }
    socket.on = on as typeof socket.on
  }

  /** What of it the driver may see. */
  #admitted(chunk: Buffer): Buffer {
    if (this.dead) return nothing
    try {
      return this.#tap.read(chunk) ?? nothing
    } catch {
      this.refused('a malformed message')
      return nothing
    }
  }

  #takePassword(): string {
    const password = this.#password ?? ''
    this.#password = undefined
    return password
  }

  expects(): 'login' | 'answer' | 'copy' | 'nothing' {
    if (this.status === '?') return 'login'
    const [first] = this.#waiting
    if (first === undefined) return 'nothing'
    return first.copy === undefined ? 'answer' : 'copy'
  }

  copyInReady(): void {
    this.#waiting[0]?.copy?.ready?.()
  }

  copied(bytes: Buffer, start: number, end: number): void {
    this.#waiting[0]?.copy?.data?.(bytes, start, end)
  }

  ready(status: string): string | undefined {
    if (!this.#login.isComplete) return 'the server did not prove that it knows the password'
    this.#settings.loginEnded()
    // The first one ends the login, each other one the answer to a statement.
    if (this.status !== '?') this.#answers.ended()
    this.status = status
    return undefined
  }

  reported(setting: string, value: string): void {
    this.#settings.reported(setting, value)
  }

  described(body: Buffer): void {
    this.#answers.described(body, (text) => this.#prepared.has(text))
  }

  row(bytes: Buffer, start: number, end: number): boolean {
    return this.#answers.row(bytes, start, end)
  }

  completed(tag: string): void {
    if (tag === 'COMMIT') this.committed = true
    else if (outlivesTransaction(tag)) this.tainted = `session state was changed by ${tag}`
  }

  failed(fields: Record<string, string>): boolean {
    const sqlstate = fields['C'] ?? ''
    if (!isSoundAfter(sqlstate)) this.tainted = `the server reported ${sqlstate}`
    if ((fields['V'] ?? fields['S']) !== 'ERROR') this.#lastWords = sqlstate
    if (!meansStalePlan(fields['R'])) return true
    this.kill(new StalePlan('a prepared statement is out of date', sqlstate))
    return false
  }

  notified(): void {
    this.onNotification?.()
  }

  login(body: Buffer): string | undefined {
    return this.#login.refuse(body)
  }

  refused(reason: string): void {
    this.kill(new Refused(`refused: ${reason}`))
  }
}

/** The driver's result holds the command; the rows it has not seen are put in. */
function filled(result: DriverRows, rows: readonly unknown[]): DriverRows {
  for (const row of rows) result.push(row)
  return result
}

function encodeStatement(text: string, parameters: readonly unknown[]): (string | null)[] {
  if (text.includes('\0')) throw new TypeError('a statement cannot hold a zero byte')
  if (parameters.length > 65_000) throw new TypeError('a statement has too many parameters')
  return Array.from(parameters, encodeParameter)
}
