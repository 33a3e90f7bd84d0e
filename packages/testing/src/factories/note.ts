import { NoteInput } from '@tenantry/contracts/notes'
import type { z } from 'zod'

/** A few words. */
export function noteInput(overrides: Partial<z.input<typeof NoteInput>> = {}): NoteInput {
  return NoteInput.parse({
    bodyMarkdown: 'They want the **gold** backdrop.',
    ...overrides,
  })
}
