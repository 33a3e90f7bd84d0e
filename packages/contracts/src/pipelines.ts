import { z } from 'zod'
import { PipelineId, StageId } from './ids.ts'
import { listBase } from './pages.ts'
import { settingEnvelope } from './record.ts'
import { Version, line, optionalLine } from './scalars.ts'

export const StageKind = z.enum(['open', 'won', 'lost'])
export type StageKind = z.infer<typeof StageKind>
export const ForecastCategory = z.enum(['omitted', 'pipeline', 'best_case', 'commit', 'closed'])
export type ForecastCategory = z.infer<typeof ForecastCategory>
/** Whole percent. */
export const Probability = z.int().min(0).max(100)

export const Stage = z.object({
  id: StageId,
  pipelineId: PipelineId,
  name: z.string(),
  position: z.int(),
  kind: StageKind,
  probability: Probability,
  forecastCategory: ForecastCategory,
  rotAfterDays: z.int().nullable(),
  color: z.string().nullable(),
  isActive: z.boolean(),
  version: Version,
})
export type Stage = z.infer<typeof Stage>

export const Pipeline = z.object({
  id: PipelineId,
  name: z.string(),
  isDefault: z.boolean(),
  position: z.int(),
  stages: z.array(Stage),
  ...settingEnvelope,
})
export type Pipeline = z.infer<typeof Pipeline>

const stageFields = {
  name: line(80),
  kind: StageKind.default('open'),
  probability: Probability,
  forecastCategory: ForecastCategory.default('pipeline'),
  rotAfterDays: z.int().min(1).max(365).nullable().default(null),
  color: optionalLine(30).optional(),
}

type Odds = { kind: StageKind; probability: number }
const hasOddsOfItsKind = (stage: Odds) =>
  stage.kind === 'open' || stage.probability === (stage.kind === 'won' ? 100 : 0)
const oddsOfItsKind = { message: 'A won stage has 100 %, a lost one 0 %.', path: ['probability'] }

export const StageInput = z.strictObject(stageFields).refine(hasOddsOfItsKind, oddsOfItsKind)
export type StageInput = z.infer<typeof StageInput>

/** A stage of a pipeline that is edited: with the id of one it has, or a new one without. */
export const StageEntry = z
  .strictObject({ id: StageId.optional(), ...stageFields })
  .refine(hasOddsOfItsKind, oddsOfItsKind)
export type StageEntry = z.infer<typeof StageEntry>

/** The stages of a pipeline in order: at least one open, one won and one lost. */
const stageList = <Entry extends z.ZodType<Odds>>(entry: Entry) =>
  z
    .array(entry)
    .min(3)
    .max(30)
    .refine((stages) => StageKind.options.every((kind) => stages.some((stage) => stage.kind === kind)), {
      message: 'A pipeline needs an open, a won and a lost stage.',
    })

export const PipelineInput = z.strictObject({
  name: line(80),
  isDefault: z.boolean().default(false),
  stages: stageList(StageInput),
})
export type PipelineInput = z.infer<typeof PipelineInput>

/** Only what is there changes. `stages` is the whole list: a stage that is not in it any more is removed. */
export const PipelinePatch = z.strictObject({
  name: line(80).optional(),
  isDefault: z.boolean().optional(),
  stages: stageList(StageEntry).optional(),
})
export type PipelinePatch = z.infer<typeof PipelinePatch>
/** `show: 'archived'` gives the archive, `'deleted'` the bin. */
export const PipelineListQuery = z.strictObject({ show: listBase.show }).prefault({})
export type PipelineListQuery = z.infer<typeof PipelineListQuery>
export const PipelinePatchInput = z.strictObject({ id: PipelineId, version: Version, patch: PipelinePatch })
