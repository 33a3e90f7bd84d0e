import { startServer } from '@tenantry/local-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStage, type Home, type Stage } from './stage.ts'
import type { WriterFigures } from './writer-input.ts'
import { Writer } from './writers.ts'

export type Say = (text: string) => void

/** What is wrong while a tenant moves. */
export const troubles = ['nothing', 'listeners dead', 'notifications lost', 'processes stopped'] as const
export type Trouble = (typeof troubles)[number]

export interface PhaseFigures {
  trouble: Trouble
  changes: number
  saved: number
  refused: Record<string, number>
  /** Writes that landed in a database after a change had been acknowledged that left it. */
  late: number
  /** Acknowledged writes that are in neither database, or in both. */
  lost: number
  /** Milliseconds from the acknowledged suspension to the last write that was acknowledged after it; 0 without one. */
  wroteForMs: number
}

export interface MovesResult {
  processes: number
  phases: PhaseFigures[]
}

/** Moves one tenant back and forth between two databases while processes write, in turn with each trouble. */
export async function runMoves({ changes, processes }: { changes: number; processes: number }, say: Say) {
  say('Starting a server')
  await using server = await startServer({ ephemeral: true, durable: false })
  await using stage = await openStage(server)
  const phases: PhaseFigures[] = []
  for (const trouble of troubles) {
    const count = Math.ceil(changes / troubles.length)
    phases.push(await runPhase(stage, { trouble, changes: count, processes }, say))
  }
  return { processes, phases } satisfies MovesResult
}

async function runPhase(
  stage: Stage,
  { trouble, changes, processes }: { trouble: Trouble; changes: number; processes: number },
  say: Say,
): Promise<PhaseFigures> {
  const { appDatabaseUrl, keys, sessionId } = stage
  await stage.setNotifications(trouble === 'notifications lost' ? 'lost' : 'on')
  const writers = Array.from({ length: processes }, (_, at) => {
    const listener = trouble === 'listeners dead' ? 'dead' : 'alive'
    return new Writer({ appDatabaseUrl, keys, sessionId, name: `${trouble} ${at}`, listener, pollEveryMs: 500 })
  })
  await untilTheyWrite(stage.homes)
  const late = await moveBackAndForth(stage, { changes, writers, pauses: trouble === 'processes stopped' }, (done) =>
    say(`${trouble}: ${done} of ${changes} changes`),
  )
  await stage.setStatus('suspended')
  const suspendedAt = Date.now()
  await sleep(1_500)
  const figures = await Promise.all(writers.map((writer) => writer.end()))
  await stage.setStatus('active')
  return {
    trouble,
    changes,
    saved: figures.reduce((sum, { saved }) => sum + saved.length, 0),
    refused: addUp(figures),
    late,
    lost: await countLost(stage.homes, figures),
    wroteForMs: Math.max(0, ...figures.map(({ lastSavedAt }) => lastSavedAt - suspendedAt)),
  }
}

/** Gives how many writes landed in a database that had been left. */
async function moveBackAndForth(
  stage: Stage,
  { changes, writers, pauses }: { changes: number; writers: Writer[]; pauses: boolean },
  onDone: (done: number) => void,
): Promise<number> {
  let late = 0
  for (let change = 0; change < changes; change++) {
    // An even number of changes ends where it began; an odd one leaves the homes swapped for the next phase.
    const [from, to] = stage.homes
    const victim = pauses ? writers[change % writers.length] : undefined
    victim?.pause()
    const resuming = sleep(50 + Math.random() * 250).then(() => victim?.resume())
    await stage.move(from, to)
    const left = await countAccounts(from)
    stage.homes.reverse()
    await Promise.all([resuming, sleep(Math.random() * 40)])
    // Whoever was on the way has arrived by now, or arrives before the tenant comes back here.
    late += (await countAccounts(from)) - left
    const before = change + 1 < changes ? await countAccounts(from) : left
    late += Math.max(0, before - left)
    onDone(change + 1)
  }
  return late
}

async function untilTheyWrite(homes: [Home, Home]): Promise<void> {
  const total = async () => (await countAccounts(homes[0])) + (await countAccounts(homes[1]))
  const before = await total()
  while ((await total()) < before + 20) await sleep(20)
}

async function countAccounts({ admin }: Home): Promise<number> {
  const [row] = await admin.run<{ count: string }>('select count(*)::text as count from crm.accounts')
  return Number(row?.count)
}

async function countLost(homes: [Home, Home], figures: WriterFigures[]): Promise<number> {
  const saved = figures.flatMap((one) => one.saved)
  const question = 'select count(*)::text as count from unnest($1::uuid[]) id where id in (select id from crm.accounts)'
  const counts = await Promise.all(homes.map(({ admin }) => admin.run<{ count: string }>(question, [saved])))
  const stored = counts.reduce((sum, [row]) => sum + Number(row?.count), 0)
  return Math.abs(saved.length - stored)
}

function addUp(figures: WriterFigures[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const { refused } of figures) {
    for (const [code, count] of Object.entries(refused)) total[code] = (total[code] ?? 0) + count
  }
  return total
}
