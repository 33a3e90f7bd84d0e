import { sql } from 'drizzle-orm'
import { bigint, check, integer, text, unique } from 'drizzle-orm/pg-core'
import { bytes } from '../columns.ts'
import { oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { word } from '../word.ts'

const states = ['uploading', 'ready', 'quarantined', 'failed'] as const

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
    state: word('state', states).notNull().default('uploading'),
    width: integer('width'),
    height: integer('height'),
    description: text('description'),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('attachments', t),
    oneOf(t.state, states),
    check('attachments_byte_size_check', sql`byte_size >= 0`),
    unique('attachments_storage_key').on(t.tenantId, t.storageKey),
  ],
)
