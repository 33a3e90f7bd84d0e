import { faker } from '@faker-js/faker'
import { LocationInput } from '@tenantry/contracts/locations'
import type { z } from 'zod'

/** A venue with an address. */
export function locationInput(overrides: Partial<z.input<typeof LocationInput>> = {}): LocationInput {
  return LocationInput.parse({
    name: `${faker.location.street()} Hall`,
    line1: faker.location.streetAddress(),
    city: faker.location.city(),
    country: 'US',
    timeZone: 'America/New_York',
    capacity: 120,
    ...overrides,
  })
}
