import type { PublicInvoice } from '@tenantry/contracts/public-links'

/**
 * The part of the schedule that is to be paid next, as far as it is not paid yet; undefined where that is all there is. What
 * was paid and credited counts for the first parts first.
 */
export function nextInstalment({
  schedule,
  paidMinor,
  creditedMinor,
  balanceMinor,
}: Pick<PublicInvoice, 'schedule' | 'paidMinor' | 'creditedMinor' | 'balanceMinor'>):
  | { label: string; dueOn: string; amountMinor: number }
  | undefined {
  let covered = paidMinor + creditedMinor
  for (const { label, dueOn, amountMinor } of schedule) {
    const open = amountMinor - Math.max(0, covered)
    covered -= amountMinor
    if (open <= 0) continue
    return open < balanceMinor ? { label, dueOn, amountMinor: open } : undefined
  }
  return undefined
}
