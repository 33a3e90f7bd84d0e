import { faker } from '@faker-js/faker'
import { EventInput } from '@tenantry/contracts/events'
import type { z } from 'zod'

type Overrides = Partial<z.input<typeof EventInput>> & { accountId: string }

/** A wedding of an account. */
export function eventInput(overrides: Overrides): EventInput {
  return EventInput.parse({
    title: `${faker.person.lastName()} wedding`,
    eventType: 'wedding',
    timeZone: 'Europe/Berlin',
    ...overrides,
  })
}
