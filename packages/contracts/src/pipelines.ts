import { z } from 'zod'
import { PipelineId, StageId } from './ids.ts'
import { recordEnvelope } from './record.ts'
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
  ...recordEnvelope,
})
export type Pipeline = z.infer<typeof Pipeline>

export const StageInput = z
  .strictObject({
    name: line(80),
    kind: StageKind.default('open'),
    probability: Probability,
    forecastCategory: ForecastCategory.default('pipeline'),
    rotAfterDays: z.int().min(1).max(365).nullable().default(null),
    color: optionalLine(30).optional(),
  })
  .refine((stage) => stage.kind !== 'won' || stage.probability === 100, {
    message: 'A won stage has 100 %.',
    path: ['probability'],
  })
  .refine((stage) => stage.kind !== 'lost' || stage.probability === 0, {
    message: 'A lost stage has 0 %.',
    path: ['probability'],
  })
export type StageInput = z.infer<typeof StageInput>

/** A new pipeline with its stages in order; it needs at least one open, one won and one lost stage. */
export const PipelineInput = z
  .strictObject({ name: line(80), isDefault: z.boolean().default(false), stages: z.array(StageInput).min(3).max(30) })
  .refine((pipeline) => StageKind.options.every((kind) => pipeline.stages.some((stage) => stage.kind === kind)), {
    message: 'A pipeline needs an open, a won and a lost stage.',
    path: ['stages'],
  })
export type PipelineInput = z.infer<typeof PipelineInput>

export const PipelinePatch = z.strictObject({ name: line(80).optional(), isDefault: z.boolean().optional() })
export type PipelinePatch = z.infer<typeof PipelinePatch>
export const PipelinePatchInput = z.strictObject({ id: PipelineId, version: Version, patch: PipelinePatch })
