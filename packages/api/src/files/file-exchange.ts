import type { Readable } from 'node:stream'

/** Both ends are included, as in HTTP. */
interface ByteRange {
  first: number
  last: number
}

/** What leaves as the answer instead of JSON. */
export interface FileAnswer {
  fileName: string
  mediaType: string
  /** Of the whole file; null for what is not made yet. */
  byteSize: number | null
  /** The part that is sent, where the caller asked for one. */
  range?: ByteRange | undefined
  /** Made or fetched when it is sent: nobody waits for it with a database in hand. */
  body: Readable | (() => Promise<Buffer | Readable>)
  /** Only for what was drawn here: everything that somebody has sent is saved and never shown. */
  shown?: true
}

/** The bytes of one call, beside its input and its result. */
export class FileExchange {
  /** What was sent; undefined for a call that only asks. */
  readonly body: AsyncIterable<Uint8Array> | undefined
  /** How much of it is taken. */
  readonly maxBytes: number
  readonly #range: string | undefined
  #answer: FileAnswer | undefined

  constructor({
    body,
    maxBytes,
    range,
  }: {
    body?: AsyncIterable<Uint8Array> | undefined
    maxBytes: number
    range?: string | undefined
  }) {
    this.body = body
    this.maxBytes = maxBytes
    this.#range = range
  }

  answer(answer: FileAnswer): void {
    this.#answer = answer
  }

  /** Taken once, by whoever sends it and closes it. */
  take(): FileAnswer | undefined {
    const answer = this.#answer
    this.#answer = undefined
    return answer
  }

  /** The part of a file of this size that was asked for; undefined for all of it, and for what cannot be served in part. */
  rangeOf(byteSize: number): ByteRange | undefined {
    const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(this.#range ?? '') ?? []
    if (from === '' && to === '') return undefined
    const first = from === '' ? Math.max(0, byteSize - Number(to)) : Number(from)
    const last = from === '' || to === '' ? byteSize - 1 : Math.min(Number(to), byteSize - 1)
    return first <= last ? { first, last } : undefined
  }
}
