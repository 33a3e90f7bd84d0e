import { spreadOf, type Spread } from './spread.ts'

/** What a figure has to reach. Ratios are ours by theirs, of what is counted in `unit`. */
export interface Goal {
  kind: 'at least' | 'at most'
  value: number
  /** What is aimed at once the goal is met. */
  beyond?: number
}

export type Verdict = 'met' | 'beyond' | 'missed' | 'for information'

export interface Figure {
  suite: string
  name: string
  against: string
  unit: string
  ours: Spread
  theirs?: Spread
  /** What is compared with the goal: the ratio of each round, or our own value where there is nothing beside it. */
  measure: Spread
  goal?: Goal
  verdict: Verdict
}

interface Measured {
  suite: string
  name: string
  against: string
  unit: string
  goal?: Goal | undefined
}

/** Both were measured in the same rounds, in an order that changes from round to round. */
export function compare(measured: Measured, ours: readonly number[], theirs: readonly number[]): Figure {
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN))
  return figure(measured, { ours: spreadOf(ours), theirs: spreadOf(theirs), measure: spreadOf(ratios) })
}

export function alone(measured: Measured, values: readonly number[]): Figure {
  const ours = spreadOf(values)
  return figure(measured, { ours, measure: ours })
}

export function isMissed({ verdict }: Figure): boolean {
  return verdict === 'missed'
}

function figure({ goal, ...named }: Measured, values: Pick<Figure, 'ours' | 'theirs' | 'measure'>): Figure {
  return { ...named, ...values, ...(goal && { goal }), verdict: judge(values.measure.median, goal) }
}

function judge(value: number, goal: Goal | undefined): Verdict {
  if (goal === undefined) return 'for information'
  const reaches = (bound: number) => (goal.kind === 'at least' ? value >= bound : value <= bound)
  if (!reaches(goal.value)) return 'missed'
  return goal.beyond !== undefined && reaches(goal.beyond) ? 'beyond' : 'met'
}
