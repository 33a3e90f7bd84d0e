import type { AdminRun } from '@tenantry/connections/admin'
import { firstNumbers } from '../chapters/found.ts'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'

interface Series extends Record<string, unknown> {
  key: keyof typeof numbered
  prefix: string
  pad: number
  reset: string
  period: string | null
  next: string
}

/** Where the numbers of a series stand. A revision of a quote has the number of the first. */
const numbered = {
  quote: 'select distinct number from crm.quotes',
  contract: 'select number from crm.contracts',
  invoice: `select number from crm.invoices where kind <> 'credit_note' and number is not null`,
  credit_note: `select number from crm.invoices where kind = 'credit_note' and number is not null`,
}

/** Of each series every number from the first to the last, none twice and none left out. */
export async function auditNumbers(run: AdminRun, ledger: Ledger, { series: told }: Claims): Promise<void> {
  const series = await run<Series>(
    `select key, prefix, pad, reset, period, next_value::text as next from crm.number_series`,
  )
  for (const { key, prefix, pad, reset, period, next } of series) {
    const numbers = (await run<{ number: string }>(numbered[key])).map(({ number }) => number)
    const first = firstNumbers[key]
    const given = Array.from({ length: Number(next) - first }, (_, index) => first + index)
    const before = reset === 'yearly' ? `${prefix}${period}-` : prefix
    const should = given.map((value) => `${before}${String(value).padStart(pad, '0')}`)
    ledger.compare('series of numbers', `series ${key}`, numbers.toSorted(), should.toSorted())
    ledger.compare('next numbers', `series ${key}`, told.find((one) => one.key === key)?.nextValue, Number(next))
  }
}
