import { CustomFieldInput } from '@tenantry/contracts/custom-fields'
import type { z } from 'zod'

/** A text of accounts; give a `key`, which each field has once. */
export function customFieldInput(overrides: Partial<z.input<typeof CustomFieldInput>> = {}): CustomFieldInput {
  return CustomFieldInput.parse({ entity: 'account', key: 'region', label: 'Region', type: 'text', ...overrides })
}
