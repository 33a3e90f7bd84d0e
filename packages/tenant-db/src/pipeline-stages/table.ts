import { ForecastCategory, StageKind } from '@tenantry/contracts/pipelines'
import { sql } from 'drizzle-orm'
import { boolean, check, integer, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { percent } from '../columns.ts'
import { isPercent, notBlank, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { pipelines } from '../pipelines/table.ts'
import { word } from '../word.ts'

export const pipelineStages = crm.table(
  'pipeline_stages',
  {
    ...recordKey(),
    pipelineId: uuid('pipeline_id').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    kind: word('kind', StageKind.options).notNull(),
    probability: percent('probability').notNull(),
    forecastCategory: word('forecast_category', ForecastCategory.options).notNull(),
    rotAfterDays: smallint('rot_after_days'),
    color: text('color'),
    isActive: boolean('is_active').notNull().default(true),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('pipeline_stages', t),
    notBlank(t.name),
    oneOf(t.kind, StageKind.options),
    oneOf(t.forecastCategory, ForecastCategory.options),
    isPercent(t.probability),
    check(
      'pipeline_stages_outcome_check',
      sql`(kind = 'won' and probability = 100) or (kind = 'lost' and probability = 0) or kind = 'open'`,
    ),
    sameTenant(t.pipelineId, pipelines.id).onDelete('cascade'),
    // What an opportunity refers to: a stage of its own pipeline.
    unique('pipeline_stages_of_pipeline').on(t.tenantId, t.pipelineId, t.id),
    // Deferrable in the migration, so that two stages can change places.
    unique('pipeline_stages_position').on(t.tenantId, t.pipelineId, t.position),
  ],
)
