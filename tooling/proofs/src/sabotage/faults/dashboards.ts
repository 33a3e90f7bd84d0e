import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const file = 'packages/tenant-db/src/dashboard/overview.test.ts'
const test = 'whatever was entered, it says what adding up the lists row by row says, to each what they see'

const sums = 'packages/tenant-db/src/opportunity-sums/sums.test.ts'
const invoiceSums = 'packages/tenant-db/src/invoice-sums/sums.test.ts'
const invoiceGathered = 'sum(t.left_minor) from taken t'
const whatever =
  'whatever is done to invoices, in whatever order and by whomever, the sums are those of the rows, and what is overdue that of each invoice'
const creditTaken = 'coalesce(new.credits_invoice_id, new.id), case'
const peopleOfSums = 'or person_id = any ('
const gathered = 't.person_id, sum(t.count),'

/** Taken from the sums of the landing page. */
export const dashboardFaults: Fault[] = [
  {
    name: 'dashboard: call all that is left of an invoice overdue, due or not',
    file: 'packages/tenant-db/src/dashboard/overdue.ts',
    find: 'o.amount - greatest(',
    replace: 'o.amount - least(0,',
    caughtBy: { file, test },
  },
  {
    name: 'dashboard: count what was given back as money that came in',
    file: 'packages/tenant-db/src/dashboard/revenue.ts',
    find: `sum(case when p.kind = 'refund' then -p.amount_minor else p.amount_minor end)`,
    replace: 'sum(p.amount_minor)',
    caughtBy: { file, test },
  },
  {
    name: 'dashboard: leave in the sums what an opportunity was before',
    file: newestMigrationWith('tenant-db', 'union all select -1, old.*'),
    find: 'union all select -1, old.*',
    replace: '',
    caughtBy: {
      file: sums,
      test: 'whatever is done to opportunities, in whatever order, the sums are those of the rows, and no other tenant’s',
    },
  },
  {
    name: 'dashboard: show a limited member the sums of everybody',
    file: newestMigrationWith('tenant-db', peopleOfSums),
    find: peopleOfSums,
    replace: 'or true or person_id = any (',
    caughtBy: {
      file: sums,
      test: 'a member who is limited sees the sums of their own, and what they write counts for everybody',
    },
  },
  {
    name: 'dashboard: lose lines when they are gathered',
    file: newestMigrationWith('tenant-db', gathered),
    find: gathered,
    replace: 't.person_id, max(t.count),',
    caughtBy: {
      file: sums,
      test: 'eight who write at once, while lines are gathered, wait for nobody and lose nothing',
    },
  },
  {
    name: 'dashboard: let a credit note claim something instead of taking it off its invoice',
    file: newestMigrationWith('tenant-db', creditTaken),
    find: creditTaken,
    replace: 'new.id, case',
    caughtBy: { file: invoiceSums, test: whatever },
  },
  {
    name: 'dashboard: leave off what was given back',
    file: 'packages/tenant-db/src/dashboard/overdue.ts',
    find: "where p.status <> 'succeeded' or p.kind = 'refund') l",
    replace: "where p.status <> 'succeeded') l",
    caughtBy: { file: invoiceSums, test: whatever },
  },
  {
    name: 'dashboard: lose lines of invoices when they are gathered',
    file: newestMigrationWith('tenant-db', invoiceGathered),
    find: invoiceGathered,
    replace: 'max(t.left_minor) from taken t',
    caughtBy: {
      file: invoiceSums,
      test: 'eight who write at once, while lines are gathered, wait for nobody and lose nothing',
    },
  },
]
