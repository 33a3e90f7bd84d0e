import { TenantryError } from '@tenantry/errors'
import { createHash } from 'node:crypto'

/** From this much of a file its type is told. Office documents say what they are some way into it. */
const headBytes = 65_536

/** Bytes on their way into the store: counted, hashed, and stopped at a limit. What it says is true once all were read. */
export class MeasuredBody implements AsyncIterable<Uint8Array> {
  byteSize = 0
  readonly #body: AsyncIterable<Uint8Array>
  readonly #maxBytes: number
  readonly #hash = createHash('sha256')
  #head = Buffer.alloc(0)

  constructor(body: AsyncIterable<Uint8Array>, { maxBytes }: { maxBytes: number }) {
    this.#body = body
    this.#maxBytes = maxBytes
  }

  /** Throws REQUEST_TOO_LARGE with the first byte too many, so that no more than the limit is ever stored. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#body) {
      this.byteSize += chunk.byteLength
      if (this.byteSize > this.#maxBytes) throw tooLarge(this.#maxBytes)
      this.#hash.update(chunk)
      if (this.#head.length < headBytes) this.#head = Buffer.concat([this.#head, chunk]).subarray(0, headBytes)
      yield chunk
    }
  }

  get head(): Buffer {
    return this.#head
  }

  sha256(): Buffer {
    return this.#hash.digest()
  }
}

export function tooLarge(maxBytes: number): TenantryError {
  return new TenantryError('REQUEST_TOO_LARGE', {
    message: `A file may have at most ${Math.floor(maxBytes / 1_048_576)} MB.`,
  })
}
