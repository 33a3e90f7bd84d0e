import type { Desk } from './desk.ts'

/** How hard a race is run. */
export interface Sizes {
  clients: number
  leads: number
  /** Dates that are booked at once. */
  bookings: number
  /** Payments that each client sends. */
  payments: number
  /** Numbers that all clients take together. */
  numbers: number
  /** Opportunities whose quotes every client accepts. */
  opportunities: number
  /** Random histories of invoices, payments, refunds and voids. */
  histories: number
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
