import { faker } from '@faker-js/faker'
import { CatalogItemInput } from '@tenantry/contracts/catalog-items'
import type { z } from 'zod'

/** A package with a price. */
export function catalogItemInput(overrides: Partial<z.input<typeof CatalogItemInput>> = {}): CatalogItemInput {
  return CatalogItemInput.parse({
    kind: 'package',
    name: `${faker.commerce.productAdjective()} booth`,
    priceMinor: faker.number.int({ min: 50, max: 2_000 }) * 100,
    currency: 'USD',
    durationMinutes: 180,
    ...overrides,
  })
}
