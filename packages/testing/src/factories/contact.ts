import { faker } from '@faker-js/faker'
import { ContactInput } from '@tenantry/contracts/contacts'
import type { z } from 'zod'

/** A person with an e-mail address and a telephone number, each the main one of its kind. */
export function contactInput(overrides: Partial<z.input<typeof ContactInput>> = {}): ContactInput {
  return ContactInput.parse({
    firstName: faker.person.firstName(),
    lastName: faker.person.lastName(),
    jobTitle: 'Event planner',
    points: [
      { kind: 'email', value: faker.internet.email({ provider: 'example.com' }), isPrimary: true },
      { kind: 'phone', value: `+1415555${faker.string.numeric(4)}`, isPrimary: true },
    ],
    ...overrides,
  })
}
