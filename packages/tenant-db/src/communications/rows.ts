import type { LeasedDrizzle } from '@tenantry/connections/database'
import { shownLinks } from '../record-links/shown-links.ts'
import { envelopeOf } from '../records/record-table.ts'
import { communications } from './table.ts'

/** Communications as the contract shows them, up to WHERE. */
export function selectCommunications(db: LeasedDrizzle) {
  return db.select(columns).from(communications)
}

const columns = {
  id: communications.id,
  channel: communications.channel,
  direction: communications.direction,
  status: communications.status,
  subject: communications.subject,
  bodyText: communications.bodyText,
  threadKey: communications.threadKey,
  occurredAt: communications.occurredAt,
  durationSeconds: communications.durationSeconds,
  links: shownLinks('communication', communications),
  ...envelopeOf(communications),
}
