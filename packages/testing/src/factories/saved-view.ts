import { SavedViewInput } from '@tenantry/contracts/saved-views'
import type { z } from 'zod'

export function savedViewInput(fields: Partial<z.input<typeof SavedViewInput>> = {}): SavedViewInput {
  return SavedViewInput.parse({
    list: 'account',
    name: 'As I like it',
    config: { columns: ['createdAt'] },
    ...fields,
  })
}
