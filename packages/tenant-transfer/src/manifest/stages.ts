import type { Company } from './company.ts'
import { derivedId, literal, plain, word } from './expressions.ts'
import type { Expression } from './table-move.ts'

/** Texts of stages whose meaning is known; any other becomes an open stage of its own. */
const outcomes = {
  won: ['won', 'closed won', 'booked', 'signed', 'confirmed', 'deal won'],
  lost: ['lost', 'closed lost', 'cancelled', 'canceled', 'declined', 'dead', 'deal lost'],
}
const chances: Record<string, readonly string[]> = {
  '10': ['new', 'inquiry', 'enquiry', 'lead in', 'prospecting'],
  '25': ['qualified', 'qualification', 'discovery', 'contacted'],
  '50': ['proposal', 'proposal sent', 'quote', 'quote sent', 'quoted'],
  '75': ['negotiation', 'contract sent', 'verbal', 'verbal yes'],
}

/** `won`, `lost`, or null while it is open. */
export const outcomeOf = (stage: Expression): Expression => word(stage, outcomes)

export const chanceOf = (stage: Expression): Expression =>
  `(case ${outcomeOf(stage)} when 'won' then 100 when 'lost' then 0 else coalesce(${word(stage, chances)}::int, 20) end)`

export const forecastOf = (stage: Expression): Expression =>
  `(case ${outcomeOf(stage)} when 'won' then 'closed' when 'lost' then 'omitted' else 'pipeline' end)`

export const stageId = (stage: Expression): Expression => derivedId('stage', plain(stage))

export const pipelineId = ({ legacyTenantId }: Company): Expression => derivedId('pipeline', literal(legacyTenantId))

/** One pipeline for everything that moves in, with a stage for each text that was in use, however it was spelled. */
export function pipelineRows(company: Company): { pipelines: string; stages: string } {
  const inUse = `select distinct on (${plain('stage')}) btrim(stage) as stage from public.opportunities
    where tenant_id = ${literal(company.legacyTenantId)} and ${plain('stage')} <> '' order by ${plain('stage')}, btrim(stage)`
  return {
    pipelines: `select ${pipelineId(company)} as id, 'Moved in'::text as name, 1000::integer as position`,
    stages: `select ${stageId('s.stage')} as id, ${pipelineId(company)} as pipeline_id, s.stage as name, ${placeOf('s.stage')} as position,
      coalesce(${outcomeOf('s.stage')}, 'open') as kind, ${chanceOf('s.stage')}::smallint as probability,
      ${forecastOf('s.stage')} as forecast_category from (${inUse}) s`,
  }
}

/**
 * Follows from the text alone: a stage that comes or goes while changes flow moves no other. Open ones by their chance, then
 * the lost, then the won; those of one chance in any order, but always the same.
 */
function placeOf(stage: Expression): Expression {
  const column = `(case ${chanceOf(stage)} when 10 then 0 when 20 then 1 when 25 then 2 when 50 then 3 when 75 then 4 when 0 then 5 else 6 end)`
  return `(${column} * 268435456 + ('x' || left(md5(${plain(stage)}), 7))::bit(28)::integer)`
}
