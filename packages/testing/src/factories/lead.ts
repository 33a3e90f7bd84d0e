import { faker } from '@faker-js/faker'
import { LeadInput } from '@tenantry/contracts/leads'
import type { z } from 'zod'

/** Somebody who asks for an event. */
export function leadInput(overrides: Partial<z.input<typeof LeadInput>> = {}): LeadInput {
  return LeadInput.parse({
    firstName: faker.person.firstName(),
    lastName: `${faker.person.lastName()} ${faker.string.alpha(6)}`,
    email: `${faker.string.alphanumeric(12)}@example.com`.toLowerCase(),
    phone: `+1415${faker.string.numeric(7)}`,
    source: 'website',
    eventType: 'wedding',
    wantedOn: '2027-06-12',
    currency: 'USD',
    ...overrides,
  })
}
