import type { Figure } from './figure.ts'
import type { BenchWorld } from './world.ts'

export const suiteNames = [
  'http',
  'caller',
  'cold',
  'memory',
  'start',
  'fleet',
  'provision',
  'noisy',
  'tenants',
  'health',
  'transfer',
  'rotate',
  'lists',
  'board',
  'dashboard',
  'import',
] as const
export type SuiteName = (typeof suiteNames)[number]

export interface SuiteInput {
  world: BenchWorld
  /** Seconds of load for each figure and contender, over all rounds. */
  seconds: number
  /** Databases of the fleet. */
  count: number
  /** Configured tenants; each suite has its own number without it. */
  tenants: number | undefined
  /** That their server has for all of them. */
  connections: number
  /** Of a quiet and a noisy slice. */
  pairs: number
  /** Of the table that is moved, or of each large table of a company; each suite has its own number without it. */
  rows: number | undefined
  /** On the board. */
  cards: number
  /** Shows where the time goes even when nothing was missed. */
  profile: boolean
  onProgress: (step: string) => void
}

export interface SuiteResult {
  figures: Figure[]
  /** What a reader should know, and where the time of missed figures went. */
  notes: string[]
}
