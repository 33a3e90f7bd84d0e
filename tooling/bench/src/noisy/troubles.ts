import { openAdminLink } from '@tenantry/connections/admin'
import type { LocalServer } from '@tenantry/local-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Neighbourhood } from './neighbourhood.ts'

/** Something that one tenant does to the others. */
export interface Trouble {
  name: string
  /** Gives how to end it; resolves when the tenant is well again. */
  begin(): Promise<() => Promise<void>>
}

/** Its server accepts connections and answers nothing. */
export function freezing({ readNoisy }: Neighbourhood, server: LocalServer): Trouble {
  return {
    name: 'one of ten hangs',
    async begin() {
      server.freeze()
      const stop = ask(readNoisy, { atOnce: 16, pauseMs: 20 })
      return async () => {
        server.thaw()
        await stop()
        await untilWell(readNoisy)
      }
    },
  }
}

/** 500 requests at once, each waiting for a lock that somebody holds. */
export function slowing({ readNoisy, noisyAdmin }: Neighbourhood): Trouble {
  return {
    name: '500 slow requests of one',
    async begin() {
      const link = await openAdminLink(noisyAdmin)
      await link.run('begin; lock table crm.accounts in access exclusive mode')
      const stop = ask(readNoisy, { atOnce: 500, pauseMs: 1_000 })
      return async () => {
        await link.run('rollback')
        await link.close()
        await stop()
        await untilWell(readNoisy)
      }
    },
  }
}

/**
 * Whoever is refused comes again after a pause, as clients do. They live in this process only here, so they cost as little as
 * they can: a timer each, and nothing that is told to all of them.
 */
function ask(read: () => Promise<unknown>, { atOnce, pauseMs }: { atOnce: number; pauseMs: number }) {
  let isOver = false
  const client = async () => {
    while (!isOver) {
      await read().catch(ignore)
      // Not all at the same moment.
      await sleep(pauseMs * (0.5 + Math.random()))
    }
  }
  const clients = Array.from({ length: atOnce }, client)
  return async () => {
    isOver = true
    await Promise.all(clients)
  }
}

function ignore(): void {
  // Being refused is what they are for.
}

/** A breaker lets one through after five seconds. */
async function untilWell(read: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    try {
      await read()
      return
    } catch {
      await sleep(50)
    }
  }
  throw new Error('the noisy tenant did not get well again')
}
