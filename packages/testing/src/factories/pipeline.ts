import { PipelineInput } from '@tenantry/contracts/pipelines'
import type { z } from 'zod'

/** Two open stages, a won and a lost one. */
export function pipelineInput(overrides: Partial<z.input<typeof PipelineInput>> = {}): PipelineInput {
  return PipelineInput.parse({
    name: 'Private parties',
    stages: [
      { name: 'Inquiry', probability: 10 },
      { name: 'Proposal', probability: 50, forecastCategory: 'best_case', rotAfterDays: 14 },
      { name: 'Won', kind: 'won', probability: 100, forecastCategory: 'closed' },
      { name: 'Lost', kind: 'lost', probability: 0, forecastCategory: 'omitted' },
    ],
    ...overrides,
  })
}
