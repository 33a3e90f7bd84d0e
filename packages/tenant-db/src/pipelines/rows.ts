import type { LeasedDrizzle } from '@tenantry/connections/database'
import type { Stage } from '@tenantry/contracts/pipelines'
import { sql } from 'drizzle-orm'
import { pipelineStages as stages } from '../pipeline-stages/table.ts'
import type { Plain } from '../records/plain.ts'
import { settingEnvelopeOf } from '../records/record-table.ts'
import { pipelines } from './table.ts'

/** Pipelines with their stages in order, up to WHERE. */
export function selectPipelines(db: LeasedDrizzle) {
  return db
    .select({
      id: pipelines.id,
      name: pipelines.name,
      isDefault: pipelines.isDefault,
      position: pipelines.position,
      stages: sql<Plain<Stage>[]>`"stages"."list"`,
      ...settingEnvelopeOf(pipelines),
    })
    .from(pipelines)
    .crossJoinLateral(stagesInOrder)
}

const stagesInOrder = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', ${stages.id}, 'pipelineId', ${stages.pipelineId}, 'name', ${stages.name}, 'position', ${stages.position},
      'kind', ${stages.kind}, 'probability', ${stages.probability}, 'forecastCategory', ${stages.forecastCategory},
      'rotAfterDays', ${stages.rotAfterDays}, 'color', ${stages.color}, 'isActive', ${stages.isActive},
      'version', ${stages.version}) order by ${stages.position}), '[]') as "list"
  from ${stages}
  where ${stages.tenantId} = ${pipelines.tenantId} and ${stages.pipelineId} = ${pipelines.id} and ${stages.deletedAt} is null
) as "stages"`
