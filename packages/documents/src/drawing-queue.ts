import { setImmediate as requestsBetween } from 'node:timers/promises'
import { TenantryError } from '@tenantry/errors'
import type { Reader } from './view.ts'

/**
 * Documents are drawn one at a time: laying out takes the whole of a processor, and other requests want some of it. Few may
 * wait, and fewer of those that anybody with a link asks for, so that they keep neither the process nor its people.
 */
export class DrawingQueue {
  readonly #places: Record<Reader, number>
  readonly #taken: Record<Reader, number> = { staff: 0, public: 0 }
  #last: Promise<unknown> = Promise.resolve()

  /** How many of each kind there may be at once, the one that is being drawn included. */
  constructor(places: Record<Reader, number>) {
    this.#places = places
  }

  /** Throws DOCUMENTS_BUSY, with the seconds after which a place is likely to be free. */
  async draw<Drawn>(reader: Reader, work: () => Promise<Drawn>): Promise<Drawn> {
    const ahead = this.#taken.staff + this.#taken.public
    if (this.#taken[reader] >= this.#places[reader])
      throw new TenantryError('DOCUMENTS_BUSY', { retryAfterSeconds: Math.ceil(ahead * secondsEach) })
    this.#taken[reader]++
    const made = this.#last.then(() => requestsBetween()).then(work)
    this.#last = made.catch(() => undefined)
    try {
      return await made
    } finally {
      this.#taken[reader]--
    }
  }
}

/** Of two pages. */
const secondsEach = 0.5
