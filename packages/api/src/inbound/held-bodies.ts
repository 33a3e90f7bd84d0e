import { TenantryError } from '@tenantry/errors'
import type { IncomingMessage } from 'node:http'
import { readBytes } from '../http/read-body.ts'

interface HeldBody extends Disposable {
  bytes: Buffer
}

/**
 * The bodies of deliveries, which are read whole before anybody knows whether they are signed: so that strangers cannot fill
 * the memory, all together hold no more than so many bytes at a time.
 */
export class HeldBodies {
  readonly #mostBytes: number
  #bytes = 0

  constructor({ mostBytes }: { mostBytes: number }) {
    this.#mostBytes = mostBytes
  }

  /** It counts until it is disposed of. Throws REQUEST_TOO_LARGE, and TOO_MANY_REQUESTS while others hold too much. */
  async read(request: IncomingMessage, maxBytes: number): Promise<HeldBody> {
    let own = 0
    const release = () => {
      this.#bytes -= own
      own = 0
    }
    try {
      const bytes = await readBytes(request, maxBytes, (more) => {
        if (this.#bytes + more > this.#mostBytes)
          throw new TenantryError('TOO_MANY_REQUESTS', { retryAfterSeconds: 30 })
        this.#bytes += more
        own += more
      })
      return { bytes, [Symbol.dispose]: release }
    } catch (error) {
      release()
      throw error
    }
  }
}
