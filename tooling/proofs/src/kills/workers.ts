import { isTenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import { tenantsInSight, writeBothHalves } from './halves.ts'
import { workersPerDesk, type Desk } from './desk.ts'

/** What the workers saw beside the answers in the ledger. */
export interface Sightings {
  reads: number
  readsRefused: number
  /** Answers that held another tenant's rows, or went to another tenant. */
  foreign: number
  /** Transactions whose two statements ran in two transactions. */
  strayed: number
  /** Work without an answer after `patienceMs`. */
  hangs: number
  /** Errors that are not a TenantryError. */
  untyped: number
  slowestMs: number
  codes: Record<string, number>
}

export interface Workers {
  readonly seen: Sightings
  /** Resolves when the work under way has its answer, or is given up as hanging. */
  stop(): Promise<void>
}

const patienceMs = 15_000

/** Sets the workers of a desk to writing pairs and reading, until they are stopped. */
export function startWorkers(desk: Desk, count = workersPerDesk): Workers {
  const seen: Sightings = {
    reads: 0,
    readsRefused: 0,
    foreign: 0,
    strayed: 0,
    hangs: 0,
    untyped: 0,
    slowestMs: 0,
    codes: {},
  }
  let stopped = false
  const work = async () => {
    while (!stopped) {
      const isWell = await timed(seen, Math.random() < 0.75 ? write(desk, seen) : read(desk, seen))
      if (!isWell) await sleep(20)
    }
  }
  const workers = Array.from({ length: count }, work)
  return {
    seen,
    async stop() {
      stopped = true
      await Promise.all(workers)
    },
  }
}

async function timed(seen: Sightings, work: Promise<boolean>): Promise<boolean> {
  const began = performance.now()
  const over = new AbortController()
  const outcome = await Promise.race([
    work,
    sleep(patienceMs, 'hangs' as const, { signal: over.signal }).catch(() => true),
  ])
  over.abort()
  seen.slowestMs = Math.max(seen.slowestMs, performance.now() - began)
  if (outcome === 'hangs') seen.hangs++
  return outcome === true
}

async function write({ database, ledger, tenant }: Desk, seen: Sightings): Promise<boolean> {
  const attempt = ledger.begin()
  try {
    const places = await writeBothHalves(database, attempt, Math.random() < 0.5 ? 0 : Math.random() * 4)
    ledger.end(attempt, 'saved')
    if (places.some((place) => place.tenant !== tenant)) seen.foreign++
    if (new Set(places.map(({ transaction }) => transaction)).size !== 1) seen.strayed++
    return true
  } catch (error) {
    ledger.end(attempt, isTenantryError(error, 'COMMIT_UNKNOWN') ? 'unknown' : 'refused')
    note(seen, error)
    return false
  }
}

async function read({ database, tenant }: Desk, seen: Sightings): Promise<boolean> {
  seen.reads++
  try {
    const tenants = await tenantsInSight(database)
    tenants.delete(tenant)
    if (tenants.size > 0) seen.foreign++
    return true
  } catch (error) {
    seen.readsRefused++
    note(seen, error)
    return false
  }
}

function note(seen: Sightings, error: unknown): void {
  const code = isTenantryError(error) ? error.code : 'untyped'
  if (code === 'untyped') seen.untyped++
  seen.codes[code] = (seen.codes[code] ?? 0) + 1
}
