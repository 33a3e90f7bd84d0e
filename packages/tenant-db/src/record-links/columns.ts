import type { LinkedEntity } from '@tenantry/contracts/record-links'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { recordLinks } from './table.ts'

/** Where a link keeps the record that it is about. */
export const targets = {
  account: recordLinks.accountId,
  contact: recordLinks.contactId,
  lead: recordLinks.leadId,
  opportunity: recordLinks.opportunityId,
  event: recordLinks.eventId,
  quote: recordLinks.quoteId,
  contract: recordLinks.contractId,
  invoice: recordLinks.invoiceId,
  location: recordLinks.locationId,
} satisfies Record<LinkedEntity, PgColumn>

/** Where it keeps the record that says something. */
export const sources = {
  task: recordLinks.taskId,
  note: recordLinks.noteId,
  attachment: recordLinks.attachmentId,
  communication: recordLinks.communicationId,
} satisfies Record<string, PgColumn>
export type LinkSource = keyof typeof sources
