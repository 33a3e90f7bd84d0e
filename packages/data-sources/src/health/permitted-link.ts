import type { AdminLink } from '@tenantry/connections/admin'
import type { Permits, Sharing } from '@tenantry/connections/pool'
import { TenantryError } from '@tenantry/errors'

/**
 * A connection of its own that counts among those that all pools of a server share, so that looking at databases never
 * takes what requests were promised. Throws DATABASE_BUSY when none is free in time.
 */
export async function openPermitted(
  permits: Permits,
  open: () => Promise<AdminLink>,
  waitMs: number,
): Promise<AdminLink> {
  const place = new Place(permits)
  try {
    await place.take(waitMs)
    const link = await open()
    const close = async () => {
      await link.close()
      place.leave()
    }
    return { run: link.run, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    place.leave()
    throw error
  }
}

/** One connection in the eyes of those who share: waiting for its permit, in use, gone. It never rests. */
class Place implements Sharing {
  readonly #permits: Permits
  readonly restingSince = undefined
  size = 0
  waitingSince: number | undefined
  #granted: () => void = () => undefined

  constructor(permits: Permits) {
    this.#permits = permits
    permits.join(this)
  }

  async take(waitMs: number): Promise<void> {
    this.waitingSince = performance.now()
    let timer: NodeJS.Timeout | undefined
    try {
      await new Promise<void>((resolve, reject) => {
        this.#granted = resolve
        timer = setTimeout(() => reject(new TenantryError('DATABASE_BUSY')), waitMs)
        this.grow()
      })
    } finally {
      clearTimeout(timer)
      this.waitingSince = undefined
    }
  }

  grow(): void {
    if (this.waitingSince === undefined || this.size > 0 || !this.#permits.take(this)) return
    this.size = 1
    this.#granted()
  }

  shed(): void {
    // It is never at rest.
  }

  leave(): void {
    if (this.size > 0) this.#permits.give()
    this.size = 0
    this.#permits.leave(this)
  }
}
