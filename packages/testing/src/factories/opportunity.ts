import { faker } from '@faker-js/faker'
import { OpportunityInput } from '@tenantry/contracts/opportunities'
import type { z } from 'zod'

/** An opportunity for the first stage of the default pipeline, unless it is told another. */
export function opportunityInput(overrides: Partial<z.input<typeof OpportunityInput>> = {}): OpportunityInput {
  return OpportunityInput.parse({
    name: `${faker.person.lastName()} wedding`,
    amountMinor: faker.number.int({ min: 500, max: 9_000 }) * 100,
    currency: 'USD',
    expectedCloseOn: '2027-05-01',
    eventType: 'wedding',
    ...overrides,
  })
}
