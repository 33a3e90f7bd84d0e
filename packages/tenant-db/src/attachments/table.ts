import { AttachmentState } from '@tenantry/contracts/attachments'
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytes } from '../columns.ts'
import { communications } from '../communications/table.ts'
import { oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byAuthorOrMessage } from '../row-access/belonging.ts'
import { rowAccessOfAttachments } from '../row-access/policies.ts'
import { word } from '../word.ts'

/** What is known about a stored file; its bytes lie in the tenant's own storage under `storageKey`. */
export const attachments = crm.table(
  'attachments',
  {
    ...recordKey(),
    fileName: text('file_name').notNull(),
    storageKey: text('storage_key').notNull(),
    byteSize: bigint('byte_size', { mode: 'number' }).notNull(),
    mediaType: text('media_type').notNull(),
    sha256: bytes('sha256'),
    state: word('state', AttachmentState.options).notNull().default('uploading'),
    width: integer('width'),
    height: integer('height'),
    description: text('description'),
    category: text('category'),
    /** The message that it came with. */
    communicationId: uuid('communication_id'),
    /** A trigger keeps such a file as it is. */
    isEvidence: boolean('is_evidence').notNull().default(false),
    searchText: searchText(sql`file_name || chr(10) || coalesce(description, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('attachments', t),
    ...rowAccessOfAttachments(byAuthorOrMessage(t, 'all')),
    oneOf(t.state, AttachmentState.options),
    check('attachments_byte_size_check', sql`byte_size >= 0`),
    unique('attachments_storage_key').on(t.tenantId, t.storageKey),
    index('attachments_by_name').on(t.tenantId, t.fileName, t.id).where(live),
    index('attachments_by_size').on(t.tenantId, t.byteSize, t.id).where(live),
    index('attachments_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    ...listIndexes('attachments', t, byAuthorOrMessage(t, 'all')),
    index('attachments_by_evidence')
      .on(t.tenantId, t.id, t.createdBy, t.communicationId)
      .where(sql`is_evidence`),
    // Without its message it would be seen by others, so it does not outlive it.
    sameTenant(t.communicationId, communications.id).onDelete('cascade'),
    index('attachments_by_communication')
      .on(t.tenantId, t.communicationId, t.createdBy, t.id)
      .where(sql`communication_id is not null`),
  ],
)
