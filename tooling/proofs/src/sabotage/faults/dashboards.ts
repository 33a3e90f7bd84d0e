import type { Fault } from '../fault.ts'

const file = 'packages/tenant-db/src/dashboard/overview.test.ts'
const test = 'whatever was entered, it says what adding up the lists row by row says, to each what they see'

/** Taken from the sums of the landing page. */
export const dashboardFaults: Fault[] = [
  {
    name: 'dashboard: call all that is left of an invoice overdue, due or not',
    file: 'packages/tenant-db/src/dashboard/overdue.ts',
    find: 'sum(least(total, due) - settled)',
    replace: 'sum(total - settled)',
    caughtBy: { file, test },
  },
  {
    name: 'dashboard: count what was given back as money that came in',
    file: 'packages/tenant-db/src/dashboard/revenue.ts',
    find: `sum(case when p.kind = 'refund' then -p.amount_minor else p.amount_minor end)`,
    replace: 'sum(p.amount_minor)',
    caughtBy: { file, test },
  },
]
