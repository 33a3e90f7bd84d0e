import { openLink, runOn, type AdminLink, type AdminOptions } from './admin.ts'
import type { CopySink, Link } from './link.ts'
import { LinkLost } from './link-failures.ts'
import type { Target } from './target.ts'
import { translateFailure } from './translate.ts'

/** An admin link through which rows also flow, any number of them in constant memory. */
export interface CopyLink extends AdminLink {
  /** A statement that changes rows; gives how many. */
  change(text: string): Promise<number>
  /**
   * `COPY … TO STDOUT`: pieces of some hundred kilobytes, with no regard to where a row ends. Whoever stops reading before
   * the end gives up the link.
   */
  copyOut(text: string): AsyncIterable<Buffer>
  /** `COPY … FROM STDIN`. Nothing else may be sent until `end`. Gives what can be written to; throws what the server refuses. */
  copyIn(text: string): Promise<CopyIn>
}

export interface CopyIn {
  /** Resolves when the next piece may follow. */
  write(piece: Buffer): Promise<void>
  /** Gives the number of rows. */
  end(): Promise<number>
}

/** Read-write, without a transaction, and with no bound on how long a statement runs but `statementMs`. */
export async function openCopyLink(target: Target, options: AdminOptions = {}): Promise<CopyLink> {
  const link = await openLink(target, options)
  const close = async () => {
    link.close()
  }
  return {
    run: runOn(link),
    change: async (text) => countOf(await translated(link.run(text, [], 'script'))),
    copyOut: (text) => readCopy(link, text),
    copyIn: (text) => beginCopyIn(link, text),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** So much may wait to be read before the server is told to wait. */
const highWaterBytes = 1 << 20

async function* readCopy(link: Link, text: string): AsyncGenerator<Buffer, void, undefined> {
  const pieces = new PieceQueue(link)
  const over = translated(link.run(text, [], 'script', pieces)).then(
    () => pieces.finish(),
    (error: unknown) => pieces.finish(error),
  )
  try {
    for (;;) {
      const piece = await pieces.next()
      if (piece === undefined) break
      yield piece
    }
  } finally {
    if (!pieces.isOver) link.kill(new LinkLost('what was copied is not wanted any more'))
    await over
  }
}

/** What has come and was not taken yet. Small messages are put together, one per row would cost more than the row. */
class PieceQueue implements CopySink {
  readonly #link: Link
  #pieces: Buffer[] = []
  #open = Buffer.allocUnsafe(pieceBytes)
  #filled = 0
  #held = 0
  isOver = false
  #failure: unknown
  #wake: (() => void) | undefined

  constructor(link: Link) {
    this.#link = link
  }

  data(bytes: Buffer, start: number, end: number): void {
    const length = end - start
    if (length > pieceBytes - this.#filled) this.#flush()
    if (length > pieceBytes) this.#pieces.push(Buffer.from(bytes.subarray(start, end)))
    else this.#filled += bytes.copy(this.#open, this.#filled, start, end)
    this.#held += length
    if (this.#held > highWaterBytes) this.#link.pause()
    this.#wake?.()
  }

  finish(failure?: unknown): void {
    this.#failure = failure
    this.isOver = true
    this.#wake?.()
  }

  /** Undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure
      if (this.#pieces.length === 0) this.#flush()
      const piece = this.#pieces.shift()
      if (piece !== undefined) {
        this.#held -= piece.length
        if (this.#held <= highWaterBytes) this.#link.resume()
        return piece
      }
      if (this.isOver) return undefined
      await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#wake = undefined
    }
  }

  #flush(): void {
    if (this.#filled === 0) return
    this.#pieces.push(this.#open.subarray(0, this.#filled))
    this.#open = Buffer.allocUnsafe(pieceBytes)
    this.#filled = 0
  }
}

const pieceBytes = 1 << 18

async function beginCopyIn(link: Link, text: string): Promise<CopyIn> {
  let isReady: () => void = () => undefined
  const ready = new Promise<void>((resolve) => (isReady = resolve))
  const copied = translated(link.run(text, [], 'script', { ready: () => isReady() }))
  // Failures are told to whoever writes or ends.
  copied.catch(() => undefined)
  await Promise.race([ready, copied])
  let isOver = false
  copied.then(
    () => (isOver = true),
    () => (isOver = true),
  )
  return {
    async write(piece) {
      if (isOver) await copied
      if (piece.length === 0) return
      try {
        await link.write(header(copyDataCode, piece.length), piece)
      } catch (error) {
        throw translateFailure(error)
      }
    },
    async end() {
      if (!isOver) await link.write(header(copyDoneCode, 0)).catch(() => undefined)
      return countOf(await copied)
    },
  }
}

const copyDataCode = 'd'.charCodeAt(0)
const copyDoneCode = 'c'.charCodeAt(0)

function header(type: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(5)
  bytes[0] = type
  bytes.writeInt32BE(length + 4, 1)
  return bytes
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw translateFailure(error)
  }
}

/** The driver reads it off the command tag; its published type does not say so of a plain list. */
function countOf(rows: unknown): number {
  return Number((rows as { count?: number | null }).count ?? 0)
}
