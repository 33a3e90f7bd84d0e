import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check, index, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { attachments } from '../attachments/table.ts'
import { communications } from '../communications/table.ts'
import { sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { contracts } from '../contracts/table.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { rowAccessOfLinks } from '../row-access/policies.ts'
import { events } from '../events/table.ts'
import { invoices } from '../invoices/table.ts'
import { leads } from '../leads/table.ts'
import { locations } from '../locations/table.ts'
import { notes } from '../notes/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { quotes } from '../quotes/table.ts'
import { tasks } from '../tasks/table.ts'

/** What a task, note, file or message is about: exactly one source and one target, each with a real foreign key. */
export const recordLinks = crm.table(
  'record_links',
  {
    ...recordKey(),
    taskId: uuid('task_id'),
    noteId: uuid('note_id'),
    attachmentId: uuid('attachment_id'),
    communicationId: uuid('communication_id'),
    accountId: uuid('account_id'),
    contactId: uuid('contact_id'),
    leadId: uuid('lead_id'),
    opportunityId: uuid('opportunity_id'),
    eventId: uuid('event_id'),
    quoteId: uuid('quote_id'),
    contractId: uuid('contract_id'),
    invoiceId: uuid('invoice_id'),
    locationId: uuid('location_id'),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    ...tenantRules('record_links', [t.tenantId, t.id]),
    rowAccessOfLinks(),
    check('record_links_source_check', sql`num_nonnulls(task_id, note_id, attachment_id, communication_id) = 1`),
    check(
      'record_links_target_check',
      sql`num_nonnulls(account_id, contact_id, lead_id, opportunity_id, event_id, quote_id, contract_id, invoice_id, location_id) = 1`,
    ),
    sameTenant(t.taskId, tasks.id).onDelete('cascade'),
    sameTenant(t.noteId, notes.id).onDelete('cascade'),
    sameTenant(t.attachmentId, attachments.id).onDelete('cascade'),
    sameTenant(t.communicationId, communications.id).onDelete('cascade'),
    sameTenant(t.accountId, accounts.id).onDelete('cascade'),
    sameTenant(t.contactId, contacts.id).onDelete('cascade'),
    sameTenant(t.leadId, leads.id).onDelete('cascade'),
    sameTenant(t.opportunityId, opportunities.id).onDelete('cascade'),
    sameTenant(t.eventId, events.id).onDelete('cascade'),
    sameTenant(t.quoteId, quotes.id).onDelete('cascade'),
    sameTenant(t.contractId, contracts.id).onDelete('cascade'),
    sameTenant(t.invoiceId, invoices.id).onDelete('cascade'),
    sameTenant(t.locationId, locations.id).onDelete('cascade'),
    index('record_links_by_task')
      .on(t.tenantId, t.taskId)
      .where(sql`task_id is not null`),
    index('record_links_by_note')
      .on(t.tenantId, t.noteId)
      .where(sql`note_id is not null`),
    index('record_links_by_attachment')
      .on(t.tenantId, t.attachmentId)
      .where(sql`attachment_id is not null`),
    index('record_links_by_communication')
      .on(t.tenantId, t.communicationId)
      .where(sql`communication_id is not null`),
    index('record_links_by_account')
      .on(t.tenantId, t.accountId)
      .where(sql`account_id is not null`),
    index('record_links_by_contact')
      .on(t.tenantId, t.contactId)
      .where(sql`contact_id is not null`),
    index('record_links_by_lead')
      .on(t.tenantId, t.leadId)
      .where(sql`lead_id is not null`),
    index('record_links_by_opportunity')
      .on(t.tenantId, t.opportunityId)
      .where(sql`opportunity_id is not null`),
    index('record_links_by_event')
      .on(t.tenantId, t.eventId)
      .where(sql`event_id is not null`),
    index('record_links_by_quote')
      .on(t.tenantId, t.quoteId)
      .where(sql`quote_id is not null`),
    index('record_links_by_contract')
      .on(t.tenantId, t.contractId)
      .where(sql`contract_id is not null`),
    index('record_links_by_invoice')
      .on(t.tenantId, t.invoiceId)
      .where(sql`invoice_id is not null`),
    index('record_links_by_location')
      .on(t.tenantId, t.locationId)
      .where(sql`location_id is not null`),
  ],
)
