import { faker } from '@faker-js/faker'
import { AccountInput } from '@tenantry/contracts/accounts'
import type { z } from 'zod'

/** A company as somebody might have typed it in; parsed by the contract, so it is what a procedure receives. */
export function accountInput(overrides: Partial<z.input<typeof AccountInput>> = {}): AccountInput {
  return AccountInput.parse({
    name: faker.company.name(),
    email: faker.internet.email({ provider: 'example.com' }),
    phone: `+1415555${faker.string.numeric(4)}`,
    billingCity: faker.location.city(),
    billingCountry: 'US',
    timeZone: 'America/New_York',
    ...overrides,
  })
}
