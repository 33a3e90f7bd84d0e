import { TaskTemplateInput } from '@tenantry/contracts/task-templates'
import type { z } from 'zod'

/** Something to do a month before an event. */
export function taskTemplateInput(overrides: Partial<z.input<typeof TaskTemplateInput>> = {}): TaskTemplateInput {
  return TaskTemplateInput.parse({
    name: 'Wedding',
    items: [{ title: 'Ask for the guest list', offsetDays: -30 }],
    ...overrides,
  })
}
