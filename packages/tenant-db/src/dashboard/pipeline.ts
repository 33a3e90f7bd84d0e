import { statement } from '@tenantry/connections/statement'
import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import type { PipelineId, StageId } from '@tenantry/contracts/ids'
import type { ForecastCategory } from '@tenantry/contracts/pipelines'
import { sql } from 'drizzle-orm'
import { opportunitySums } from '../opportunity-sums/table.ts'
import { pipelineStages as stages } from '../pipeline-stages/table.ts'
import { pipelines } from '../pipelines/table.ts'

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

/** From what triggers keep added up, by whose it is: see `opportunitySums`. Sums beyond 2^53 are rounded, as on the board. */
export const openCells = statement<Record<string, never>, Cell>((db) =>
  db.execute<Cell & Record<string, unknown>>(sql`
    select s.pipeline_id as "pipelineId", p.name as "pipelineName", c.stage_id as "stageId", s.name as "stageName",
      to_char(c.month, 'YYYY-MM') as month, c.category, c.currency::text as currency, c.count::integer as count,
      c.amount::double precision as "amountMinor", c.expected::double precision as "expectedMinor"
    from (
      select l.stage_id, l.month, l.forecast_category as category, l.currency,
        sum(l.count) as count, sum(l.amount_minor) as amount, sum(l.expected_minor) as expected
      from ${opportunitySums} l
      group by l.stage_id, l.month, l.forecast_category, l.currency having sum(l.count) <> 0) c
    join ${stages} s on s.id = c.stage_id
    join ${pipelines} p on p.tenant_id = s.tenant_id and p.id = s.pipeline_id
    order by p.is_default desc, p.position, p.name, s.pipeline_id, s.position, c.currency, month, c.category`),
)

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
