import type { Visitor } from '../tour/visitor.ts'
import type { Clerk } from './clerk.ts'
import type { Mailbox } from './mailbox.ts'

/** How much happens in the year. */
export interface Sizes {
  leads: number
  events: number
  /** Rows of the file that is imported and taken back. */
  contacts: number
  /** How many work at the same time. */
  clients: number
}

/** What every chapter has at hand. */
export interface Year {
  sizes: Sizes
  owner: Visitor
  /** Who works: some with a browser, one with a key. */
  clerks: readonly Clerk[]
  /** Customers have links and no sign-in. */
  customer: Visitor
  mailbox: Mailbox
  /** From 0 to below a bound, the same numbers for the same seed. */
  random(below: number): number
  /** What was done, in words and numbers. */
  counts: Record<string, number>
}

/** The day so many days from today, in UTC. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

export function count({ counts }: Year, what: string, by = 1): void {
  counts[what] = (counts[what] ?? 0) + by
}

/** Every item once, by whoever is free: `clients` work at the same time. */
export async function shareOut<Item>(
  { clerks, sizes }: Pick<Year, 'clerks' | 'sizes'>,
  items: readonly Item[],
  work: (item: Item, clerk: Clerk, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async (at: number): Promise<void> => {
    const clerk = clerks[at % clerks.length]
    if (clerk === undefined) throw new Error('nobody works')
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item !== undefined) await work(item, clerk, index)
    }
  }
  await Promise.all(Array.from({ length: sizes.clients }, (_, at) => worker(at)))
}
