import { setTimeout as sleep } from 'node:timers/promises'
import { LinkLost } from './link-failures.ts'
import { Link } from './link.ts'
import type { Target } from './target.ts'

export interface ListenerOptions {
  /** A plain name. */
  channel: string
  /** Something was said, or listening has begun. Must not throw. */
  onHint(): void
  /** How often the connection is tried, so that one that died without a word is noticed. Default 5,000. */
  heartbeatMs?: number
}

/** One connection that listens, for as long as it is not closed. */
export interface Listener extends AsyncDisposable {
  readonly isListening: boolean
  close(): Promise<void>
}

const connectMs = 5_000
const firstPauseMs = 100
const longestPauseMs = 5_000

/**
 * Connects at once and again whenever the connection is lost, with pauses that grow. What is said meanwhile is lost to
 * it, hence the hint at each beginning. What a notification says is not passed on: every role of the database can send it.
 */
export function openListener(target: Target, options: ListenerOptions): Listener {
  return new ListeningLink(target, options)
}

class ListeningLink implements Listener {
  readonly #target: Target
  readonly #options: ListenerOptions
  readonly #end = new AbortController()
  readonly #over: Promise<void>
  #link: Link | undefined

  constructor(target: Target, options: ListenerOptions) {
    if (!/^[a-z_]{1,63}$/.test(options.channel)) throw new TypeError('a channel has a plain name')
    this.#target = target
    this.#options = options
    this.#over = this.#listenForEver()
  }

  get isListening(): boolean {
    return this.#link !== undefined && this.#link.dead === undefined
  }

  async close(): Promise<void> {
    this.#end.abort()
    this.#link?.close()
    await this.#over
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #listenForEver(): Promise<void> {
    let pauseMs = firstPauseMs
    while (!this.#end.signal.aborted) {
      const began = performance.now()
      // Why it ended does not matter: it begins again, and whoever needs the changes looks for them from time to time.
      await this.#listenOnce().catch(() => undefined)
      pauseMs = performance.now() - began > longestPauseMs ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs)
      await pause(pauseMs * (0.5 + Math.random() / 2), this.#end.signal)
    }
  }

  async #listenOnce(): Promise<void> {
    const { channel, onHint, heartbeatMs = 5_000 } = this.#options
    const link = await Link.open(this.#target, { connectMs, statementMs: connectMs })
    try {
      if (this.#end.signal.aborted) return
      link.onNotification = onHint
      await link.run(`listen ${channel}`, [], 'script')
      this.#link = link
      onHint()
      const dead = new AbortController()
      link.onDead = () => dead.abort()
      const over = AbortSignal.any([dead.signal, this.#end.signal])
      while (!over.aborted) {
        await pause(heartbeatMs, over)
        if (!over.aborted) await link.run('select 1', [], 'script')
      }
    } finally {
      this.#link = undefined
      if (this.#end.signal.aborted) link.close()
      else link.kill(new LinkLost('the listener begins again'))
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)
}
