import type { Desk } from './desk.ts'

/** How hard a race is run. */
export interface Sizes {
  clients: number
  leads: number
  /** Dates that are booked at once. */
  bookings: number
}

export interface RaceFigures {
  race: string
  clients: number
  attempts: number
  succeeded: number
  /** Attempts that were told no, by code. */
  refused: Record<string, number>
  /** What the rows themselves say afterwards. */
  counted: Record<string, number>
  /** A sentence for everything that must not have happened and did. */
  violations: string[]
}

/** Clients who want the same at the same time, and afterwards a count of what is stored. */
export type Race = (desk: Desk, sizes: Sizes) => Promise<RaceFigures>
