import { PipelineInput, type StageInput } from '@tenantry/contracts/pipelines'

/** What a company of a trade begins with. It is theirs from then on: they rename, add and remove. */
export interface TradeStart {
  pipeline: PipelineInput
  catalogue: readonly CatalogueStart[]
}

export interface CatalogueStart {
  kind: 'package' | 'add_on' | 'service' | 'fee'
  name: string
  /** What the price is for. */
  unit: string
  durationMinutes: number | null
}

/** Open stages in order with their probability in percent; the won and the lost one follow. */
export function pipelineOf(
  name: string,
  open: readonly OpenStage[],
  { won, lost }: { won: string; lost: string },
): PipelineInput {
  const stages: Partial<StageInput>[] = [
    ...open.map(([stage, probability, forecastCategory, rotAfterDays, color]) => {
      return { name: stage, kind: 'open' as const, probability, forecastCategory, rotAfterDays, color }
    }),
    { name: won, kind: 'won', probability: 100, forecastCategory: 'closed', rotAfterDays: null, color: 'green' },
    { name: lost, kind: 'lost', probability: 0, forecastCategory: 'omitted', rotAfterDays: null, color: 'red' },
  ]
  return PipelineInput.parse({ name, isDefault: true, stages })
}

type OpenStage = [
  name: string,
  probability: number,
  forecastCategory: StageInput['forecastCategory'],
  rotAfterDays: number,
  color: string,
]
