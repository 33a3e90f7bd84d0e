import { instant } from '@tenantry/connections/columns'
import { ContractStatus } from '@tenantry/contracts/contracts'
import { sql } from 'drizzle-orm'
import { index, text, unique, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { attachments } from '../attachments/table.ts'
import { bytes } from '../columns.ts'
import { oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byAccount } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'
import { events } from '../events/table.ts'
import { quotes } from '../quotes/table.ts'
import { word } from '../word.ts'

export const contracts = crm.table(
  'contracts',
  {
    ...recordKey(),
    number: text('number').notNull(),
    quoteId: uuid('quote_id'),
    eventId: uuid('event_id'),
    accountId: uuid('account_id').notNull(),
    templateId: uuid('template_id'),
    title: text('title').notNull(),
    bodyHtml: text('body_html').notNull(),
    bodySha256: bytes('body_sha256').notNull(),
    reference: text('reference'),
    notes: text('notes'),
    status: word('status', ContractStatus.options).notNull().default('draft'),
    expiresAt: instant('expires_at'),
    sentAt: instant('sent_at'),
    completedAt: instant('completed_at'),
    voidedReason: text('voided_reason'),
    signedPdfAttachmentId: uuid('signed_pdf_attachment_id'),
    searchText: searchText(sql`number || chr(10) || title`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('contracts', t),
    ...rowAccess('contract', byAccount(t.accountId, t.createdBy)),
    oneOf(t.status, ContractStatus.options),
    unique('contracts_number').on(t.tenantId, t.number),
    sameTenant(t.quoteId, quotes.id).onDelete('set null'),
    sameTenant(t.eventId, events.id).onDelete('set null'),
    sameTenant(t.accountId, accounts.id).onDelete('restrict'),
    sameTenant(t.signedPdfAttachmentId, attachments.id).onDelete('set null'),
    index('contracts_by_number').on(t.tenantId, t.number, t.id).where(live),
    index('contracts_by_title').on(t.tenantId, t.title, t.id).where(live),
    index('contracts_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    index('contracts_by_account').on(t.tenantId, t.accountId),
    index('contracts_by_event').on(t.tenantId, t.eventId),
    index('contracts_by_quote').on(t.tenantId, t.quoteId),
    index('contracts_by_signed_file')
      .on(t.tenantId, t.signedPdfAttachmentId)
      .where(sql`signed_pdf_attachment_id is not null`),
    ...listIndexes('contracts', t, byAccount(t.accountId, t.createdBy)),
  ],
)
