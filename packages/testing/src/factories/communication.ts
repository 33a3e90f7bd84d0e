import { CommunicationInput } from '@tenantry/contracts/communications'
import type { z } from 'zod'

/** A call that came in. */
export function communicationInput(overrides: Partial<z.input<typeof CommunicationInput>> = {}): CommunicationInput {
  return CommunicationInput.parse({
    channel: 'call',
    direction: 'inbound',
    occurredAt: '2027-05-01T10:00:00Z',
    subject: 'Asked for a quote',
    ...overrides,
  })
}
