import { statement } from '@tenantry/connections/statement'
import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import type { PipelineId, StageId } from '@tenantry/contracts/ids'
import type { ForecastCategory } from '@tenantry/contracts/pipelines'
import { sql } from 'drizzle-orm'
import { opportunities } from '../opportunities/table.ts'
import { pipelineStages as stages } from '../pipeline-stages/table.ts'
import { pipelines } from '../pipelines/table.ts'
import { fromIndex } from '../records/text-search.ts'

/** Open opportunities of one stage, month, category and currency: fine enough for both the pipeline and the forecast. */
interface Cell {
  pipelineId: PipelineId
  pipelineName: string
  stageId: StageId
  stageName: string
  month: string | null
  category: ForecastCategory
  currency: string
  count: number
  amountMinor: number
  expectedMinor: number
}

/**
 * Every open opportunity, read once and from an index alone. Days are grouped as they are and named by their month
 * afterwards, when only some thousand are left. Sums beyond 2^53 are rounded, as on the board.
 */
export const openCells = statement<Record<string, never>, Cell>((db) =>
  db.execute<Cell & Record<string, unknown>>(sql`
    select s.pipeline_id as "pipelineId", p.name as "pipelineName", c.stage_id as "stageId", s.name as "stageName",
      to_char(c.day, 'YYYY-MM') as month, c.category, c.currency::text as currency, sum(c.count)::integer as count,
      sum(c.amount)::double precision as "amountMinor", sum(c.expected)::double precision as "expectedMinor"
    from (
      select o.stage_id, o.expected_close_on as day, o.forecast_category as category, o.currency,
        count(*) as count, sum(o.amount_minor) as amount, sum(o.expected_minor) as expected
      from ${fromIndex(open)} o
      group by o.stage_id, o.currency, o.expected_close_on, o.forecast_category) c
    join ${stages} s on s.id = c.stage_id
    join ${pipelines} p on p.tenant_id = s.tenant_id and p.id = s.pipeline_id
    group by s.pipeline_id, p.is_default, p.position, p.name, c.stage_id, s.position, s.name, month, c.category, c.currency
    order by p.is_default desc, p.position, p.name, s.pipeline_id, s.position, c.currency, month, c.category`),
)

/** In the order of the index that holds all of it. */
const open = sql`
  select tenant_id, stage_id, currency, expected_close_on, forecast_category, amount_minor, expected_minor
  from ${opportunities} where outcome is null and deleted_at is null and archived_at is null
  order by tenant_id, stage_id, currency, expected_close_on, forecast_category`

export function pipelineOf(cells: readonly Cell[]): DashboardOverview['pipeline'] {
  return sumBy(cells, ({ stageId, currency }) => `${stageId} ${currency}`).map(
    ({ pipelineId, pipelineName, stageId, stageName, currency, count, amountMinor, expectedMinor }) => ({
      pipelineId,
      pipelineName,
      stageId,
      stageName,
      currency,
      count,
      amountMinor,
      expectedMinor,
    }),
  )
}

/** In the order of months, those without a day last. */
export function forecastOf(cells: readonly Cell[]): DashboardOverview['forecast'] {
  return sumBy(cells, keyOfForecast)
    .toSorted((a, b) => (keyOfForecast(a) < keyOfForecast(b) ? -1 : 1))
    .map(({ month, category, currency, count, amountMinor, expectedMinor }) => ({
      month,
      category,
      currency,
      count,
      amountMinor,
      expectedMinor,
    }))
}

function keyOfForecast({ month, category, currency }: Cell): string {
  return `${month ?? '~'} ${category} ${currency}`
}

/** Keeps the order in which keys first occur. */
function sumBy(cells: readonly Cell[], keyOf: (cell: Cell) => string): Cell[] {
  const sums = new Map<string, Cell>()
  for (const cell of cells) {
    const sum = sums.get(keyOf(cell))
    if (sum === undefined) {
      sums.set(keyOf(cell), { ...cell })
      continue
    }
    sum.count += cell.count
    sum.amountMinor += cell.amountMinor
    sum.expectedMinor += cell.expectedMinor
  }
  return [...sums.values()]
}
