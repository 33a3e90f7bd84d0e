import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../planes.ts'

/** What a process needs before requests are sent to it. No tenant's database is among it: one that is away concerns its tenant. */
export interface Readiness {
  ready: boolean
  applicationDatabase: 'ok' | 'unreachable' | 'behind'
}

/** A balancer's patience is short, and a probe that hangs is as bad as one that says no. */
const deadlineMs = 2_000
/** However often it is asked, and by however many, the database is asked once a second. */
const keptMs = 1_000

/** Asks the application database whether it is there and has every migration of this release. Never rejects. */
export function openReadiness(
  app: { isUpToDate(): Promise<boolean> },
  logger: Logger,
  { now = () => performance.now() } = {},
): () => Promise<Readiness> {
  let known: { answer: Promise<Readiness>; at: number } | undefined
  return () => {
    if (known === undefined || now() - known.at > keptMs) known = { answer: look(app, logger), at: now() }
    return known.answer
  }
}

async function look(app: { isUpToDate(): Promise<boolean> }, logger: Logger): Promise<Readiness> {
  const deadline = new AbortController()
  const late = sleep(deadlineMs, 'late' as const, { ref: false, signal: deadline.signal }).catch(() => 'late' as const)
  try {
    const isUpToDate = await Promise.race([app.isUpToDate(), late])
    if (isUpToDate === 'late') return notReady('unreachable')
    return isUpToDate ? { ready: true, applicationDatabase: 'ok' } : notReady('behind')
  } catch (err) {
    logger.warn({ err }, 'The application database could not be asked whether it is ready')
    return notReady('unreachable')
  } finally {
    deadline.abort()
  }
}

function notReady(applicationDatabase: Readiness['applicationDatabase']): Readiness {
  return { ready: false, applicationDatabase }
}
