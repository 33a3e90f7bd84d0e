import type { Lead } from '@tenantry/contracts/leads'

/** The place of a lead in the queue, as the column `queue_rank` computes it: by status, then by the second it came in. */
export function queueRankOf({ status, createdAt }: Pick<Lead, 'status' | 'createdAt'>): string {
  // Cut to the second before it is read: a Date would round the microseconds.
  const seconds = Date.parse(`${createdAt.slice(0, 19)}Z`) / 1000
  return String(statusRank[status] * 1_000_000_000_000 + seconds)
}

const statusRank: Record<Lead['status'], number> = { new: 0, contacted: 1, qualified: 2, unqualified: 3, converted: 4 }
