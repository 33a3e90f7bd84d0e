import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Pipeline, Stage, StageEntry } from '@tenantry/contracts/pipelines'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { opportunities } from '../opportunities/table.ts'
import { pipelineStages } from '../pipeline-stages/table.ts'
import type { Acting } from '../records/acting.ts'
import { inOneTrip } from '../records/one-trip.ts'

/** A stage as inputs and history write it; its place in the list is its position. */
export type StageLine = Required<Pick<Stage, 'name' | 'kind' | 'probability' | 'forecastCategory' | 'rotAfterDays'>> & {
  id: string
  color: string | null
}

/** A stage that has no id yet gets one, so that the history can name it. */
export function stageLines(stages: readonly (StageEntry | Stage)[]): StageLine[] {
  return stages.map(({ id, name, kind, probability, forecastCategory, rotAfterDays, color }) => ({
    id: id ?? v7(),
    name,
    kind,
    probability,
    forecastCategory,
    rotAfterDays,
    color: color ?? null,
  }))
}

/**
 * Makes the stages of a pipeline those of the list, in its order. One that stays keeps its row and its opportunities; one
 * that is not in the list goes into the bin, from which undoing takes it back. Throws RULE_VIOLATED for one whose kind would
 * change, and for one that goes while opportunities are in it.
 */
export async function replaceStages(
  { executor, actor }: Acting,
  pipelineId: string,
  list: readonly StageLine[],
): Promise<void> {
  const stages = JSON.stringify(list.map((line, position) => ({ ...line, position })))
  const of = { pipelineId, stages }
  // A card enters a stage under a lock of the stage, so what is counted after this lock stays true.
  await executor.run(lockStages, { pipelineId })
  const [[converted], [occupied]] = await inOneTrip([
    executor.run(ofAnotherKind, of),
    executor.run(occupiedAndGone, of),
  ])
  if (converted) throw refused(`«${converted.name}» cannot become another kind of stage. Add a new one instead.`)
  if (occupied) throw refused(`Move the opportunities out of «${occupied.name}» before you remove it.`)
  await inOneTrip([
    executor.run(binOthers, { ...of, actorId: actor.id }),
    executor.run(putStages, { ...of, actorId: actor.id }),
  ])
}

/** Throws RULE_VIOLATED when the list names a stage that the pipeline does not have: ids are never the caller's choice. */
export function assertOwnStages({ stages }: Pipeline, list: readonly StageEntry[]): void {
  const own = new Set(stages.map(({ id }) => id))
  if (list.some(({ id }) => id !== undefined && !own.has(id))) {
    throw refused('There is no such stage in this pipeline. Reload it and try again.')
  }
}

/** Throws RULE_VIOLATED while an opportunity that is not in the bin is in one of the pipeline's stages. */
export async function assertEmpty(executor: Executor, pipelineId: string): Promise<void> {
  await executor.run(lockStages, { pipelineId })
  const [occupied] = await executor.run(occupiedAndGone, { pipelineId, stages: '[]' })
  if (occupied) {
    throw new TenantryError('RULE_VIOLATED', { message: 'There are opportunities in this pipeline. Move them first.' })
  }
}

function refused(message: string): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field: 'stages' } })
}

type None = Record<string, never>
type Given = { pipelineId: string; stages: string }
const pipelineId = sql.placeholder('pipelineId')
const actorId = sql`${sql.placeholder('actorId')}::uuid`
const given = sql`jsonb_to_recordset(${sql.placeholder('stages')}::jsonb) as s(id uuid, position integer, name text, kind text,
  probability smallint, "forecastCategory" text, "rotAfterDays" smallint, color text)`

const lockStages = statement<{ pipelineId: string }, None>((db) =>
  db.execute(sql`select 1 as locked from ${pipelineStages} where ${pipelineStages.pipelineId} = ${pipelineId}
    order by ${pipelineStages.id} for no key update`),
)

const ofAnotherKind = statement<Given, { name: string }>((db) =>
  db.execute(sql`select ${pipelineStages.name} as name from ${given}
    join ${pipelineStages} on ${pipelineStages.id} = s.id
    where ${pipelineStages.pipelineId} = ${pipelineId} and ${pipelineStages.kind} <> s.kind limit 1`),
)

const occupiedAndGone = statement<Given, { name: string }>((db) =>
  db.execute(sql`select ${pipelineStages.name} as name from ${pipelineStages}
    where ${pipelineStages.pipelineId} = ${pipelineId} and ${pipelineStages.deletedAt} is null
      and not exists (select from ${given} where s.id = ${pipelineStages.id})
      and exists (select from ${opportunities} where ${opportunities.pipelineId} = ${pipelineStages.pipelineId}
        and ${opportunities.stageId} = ${pipelineStages.id} and ${opportunities.deletedAt} is null)
    order by ${pipelineStages.position} limit 1`),
)

/** Positions are unique among all stages of a pipeline; those in the bin count down from -1. */
const binOthers = statement<Given & { actorId: string | null }, None>((db) =>
  db.execute(sql`update ${pipelineStages} set deleted_at = now(), deleted_by = ${actorId}, updated_at = now(),
      updated_by = ${actorId}, version = ${pipelineStages.version} + 1, position = gone.position
    from (
      select g.id, least(0, (select min(b.position) from ${pipelineStages} b where b.pipeline_id = ${pipelineId}))
        - row_number() over (order by g.position) as position
      from ${pipelineStages} g
      where g.pipeline_id = ${pipelineId} and g.deleted_at is null and not exists (select from ${given} where s.id = g.id)
    ) as gone where ${pipelineStages.id} = gone.id`),
)

const putStages = statement<Given & { actorId: string | null }, None>((db) =>
  db.execute(sql`insert into ${pipelineStages} (id, pipeline_id, position, name, kind, probability, forecast_category,
      rot_after_days, color, created_by, updated_by)
    select s.id, ${pipelineId}::uuid, s.position, s.name, s.kind, s.probability, s."forecastCategory", s."rotAfterDays",
      s.color, ${actorId}, ${actorId} from ${given}
    on conflict (tenant_id, id) do update set position = excluded.position, name = excluded.name,
      probability = excluded.probability, forecast_category = excluded.forecast_category,
      rot_after_days = excluded.rot_after_days, color = excluded.color, deleted_at = null, deleted_by = null,
      updated_at = now(), updated_by = excluded.updated_by, version = ${pipelineStages.version} + 1`),
)
