import type { z } from 'zod'
import { PipelineId, StageId } from './ids.ts'
import { OpportunityInput, OpportunityPatch } from './opportunities.ts'
import { StageKind } from './pipelines.ts'
import { Currency, LocalDate, line } from './scalars.ts'

const closing = {
  /** The day on which it was won or lost. */
  closedOn: LocalDate.optional(),
  lostReason: line(200).optional(),
}

/** An opportunity that a file brings: beside what a form says, how and when it has ended elsewhere. Its stage is known. */
export const OpportunityImport = OpportunityInput.extend({ stageId: StageId, ...closing })
export type OpportunityImport = z.infer<typeof OpportunityImport>

/**
 * What a row says of an opportunity that is there. Without a stage it goes to the first one of what `outcome` says, in the
 * pipeline named or in its own; one that is there already stays.
 */
export const OpportunityImportPatch = OpportunityPatch.omit({ forecastCategory: true }).extend({
  pipelineId: PipelineId.optional(),
  stageId: StageId.optional(),
  outcome: StageKind.optional(),
  ...closing,
  /** In which the amount was read although the row names none: that of the company. */
  assumedCurrency: Currency.optional(),
})
export type OpportunityImportPatch = z.infer<typeof OpportunityImportPatch>
