import type { AdminRun } from '@tenantry/connections/admin'
import type { Desk } from './desk.ts'
import { allHalves } from './halves.ts'
import type { Judgement } from './ledger.ts'
import type { Sightings, Workers } from './workers.ts'

/** What became of the writes and reads of one phase. */
export interface PhaseFigures extends Judgement, Sightings {
  name: string
  accidents: number
  /** After how many of them writes were saved again. */
  recovered: number
  /** What was hit, where it is known. */
  hit: Record<string, number>
  saved: number
  refused: number
  unknown: number
}

/** Compares what the workers of a phase were told with what is stored. */
export async function judgePhase(
  admin: AdminRun,
  phase: { name: string; accidents: number; recovered: number; hit?: Record<string, number> },
  staff: readonly { desk: Desk; workers: Workers }[],
): Promise<PhaseFigures> {
  const rows = await allHalves(admin)
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  const answers = (answer: 'saved' | 'refused' | 'unknown') => sum(staff.map(({ desk }) => desk.ledger.count(answer)))
  const judgements = staff.map(({ desk }) => desk.ledger.judge(rows))
  const seen = staff.map(({ workers }) => workers.seen)
  const codes: Record<string, number> = {}
  for (const [code, count] of seen.flatMap((one) => Object.entries(one.codes))) codes[code] = (codes[code] ?? 0) + count
  return {
    hit: {},
    ...phase,
    saved: answers('saved'),
    refused: answers('refused'),
    unknown: answers('unknown'),
    lost: sum(judgements.map(({ lost }) => lost)),
    halved: sum(judgements.map(({ halved }) => halved)),
    resurrected: sum(judgements.map(({ resurrected }) => resurrected)),
    foreign: sum([...judgements, ...seen].map(({ foreign }) => foreign)),
    unknownStored: sum(judgements.map(({ unknownStored }) => unknownStored)),
    unknownAbsent: sum(judgements.map(({ unknownAbsent }) => unknownAbsent)),
    reads: sum(seen.map(({ reads }) => reads)),
    readsRefused: sum(seen.map(({ readsRefused }) => readsRefused)),
    strayed: sum(seen.map(({ strayed }) => strayed)),
    hangs: sum(seen.map(({ hangs }) => hangs)),
    untyped: sum(seen.map(({ untyped }) => untyped)),
    slowestMs: Math.round(Math.max(...seen.map(({ slowestMs }) => slowestMs))),
    codes,
  }
}
