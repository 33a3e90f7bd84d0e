import { EventDateInput } from '@tenantry/contracts/event-dates'
import type { z } from 'zod'

/** An evening in Berlin, of an event or an opportunity that the caller names. */
export function eventDateInput(overrides: Partial<z.input<typeof EventDateInput>>): EventDateInput {
  return EventDateInput.parse({
    localDate: '2027-06-12',
    startTime: '18:00',
    endTime: '23:00',
    timeZone: 'Europe/Berlin',
    ...overrides,
  })
}
