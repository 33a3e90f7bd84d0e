import type { AdminRun } from '@tenantry/connections/admin'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'
import { groupBy } from './group-by.ts'

interface Line extends Record<string, unknown> {
  opportunity: string
  from: string | null
  to: string
  at: string
  amount: string
  probability: number
  closes: string | null
  seconds: string | null
}
interface Opportunity extends Record<string, unknown> {
  id: string
  name: string
  stage: string
  currency: string
  category: string
  amount: string
  expected: string
  probability: number
  closes: string | null
  isOpen: boolean
}

/** How each opportunity came to its stage, line after line, and what all that are open come to. */
export async function auditStages(run: AdminRun, ledger: Ledger, { dashboard }: Claims): Promise<void> {
  const lines = await run<Line>(`select opportunity_id as opportunity, from_stage_id as from, to_stage_id as to,
    (extract(epoch from changed_at) * 1000000)::bigint::text as at, amount_minor::text as amount, probability,
    expected_close_on::text as closes, seconds_in_previous::text as seconds from crm.opportunity_stage_history order by id`)
  const opportunities =
    await run<Opportunity>(`select id, name, stage_id as stage, currency::text, forecast_category as category,
    amount_minor::text as amount, expected_minor::text as expected, probability, expected_close_on::text as closes,
    outcome is null and deleted_at is null and archived_at is null as "isOpen" from crm.opportunities`)
  const byOpportunity = groupBy(lines, ({ opportunity }) => opportunity)
  for (const { id, name, stage, amount, probability, closes } of opportunities) {
    const own = byOpportunity.get(id) ?? []
    let entered: bigint | undefined
    let before: Line | undefined
    for (const line of own) {
      ledger.compare('stages one after another', name, line.from, before?.to ?? null)
      const stayed = entered === undefined || line.to === line.from ? null : (BigInt(line.at) - entered) / 1_000_000n
      ledger.compare('time spent in stages', name, line.seconds, stayed === null ? null : String(stayed))
      if (line.to !== line.from) entered = BigInt(line.at)
      before = line
    }
    const last = before && {
      stage: before.to,
      amount: before.amount,
      probability: before.probability,
      closes: before.closes,
    }
    ledger.compare('where stages end', name, { stage, amount, probability, closes }, last)
  }
  auditPipeline(
    opportunities.filter(({ isOpen }) => isOpen),
    ledger,
    dashboard,
  )
}

function auditPipeline(open: readonly Opportunity[], ledger: Ledger, dashboard: Claims['dashboard']): void {
  for (const one of open) {
    // Two hundredths of what is left over are one half.
    const doubled = 2n * BigInt(one.amount) * BigInt(one.probability)
    const expected = (doubled + 100n) / 200n
    ledger.compare('weighted amounts', one.name, BigInt(one.expected), expected)
  }
  const sumsOf = (keyOf: (one: Opportunity) => string) =>
    [...groupBy(open, keyOf)].map(([key, own]) => {
      const sum = (field: 'amount' | 'expected') => own.reduce((total, one) => total + BigInt(one[field]), 0n)
      return `${key}: ${own.length}, ${sum('amount')}, ${sum('expected')}`
    })
  const told = (key: string, line: { count: number; amountMinor: number; expectedMinor: number }) =>
    `${key}: ${line.count}, ${line.amountMinor}, ${line.expectedMinor}`
  ledger.compare(
    'pipeline',
    'the dashboard',
    dashboard.pipeline.map((line) => told(`${line.stageId} ${line.currency}`, line)).toSorted(),
    sumsOf(({ stage, currency }) => `${stage} ${currency}`).toSorted(),
  )
  ledger.compare(
    'forecast',
    'the dashboard',
    dashboard.forecast.map((line) => told(`${line.month} ${line.category} ${line.currency}`, line)).toSorted(),
    sumsOf((one) => `${one.closes?.slice(0, 7) ?? null} ${one.category} ${one.currency}`).toSorted(),
  )
}
