import { faker } from '@faker-js/faker'
import { ResourceInput } from '@tenantry/contracts/resources'
import type { z } from 'zod'

/** A photo booth. */
export function resourceInput(overrides: Partial<z.input<typeof ResourceInput>> = {}): ResourceInput {
  return ResourceInput.parse({
    name: `Booth ${faker.string.alphanumeric(4)}`,
    kind: 'equipment',
    ...overrides,
  })
}
