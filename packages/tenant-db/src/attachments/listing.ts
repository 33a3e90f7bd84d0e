import type { Attachment, AttachmentListQuery } from '@tenantry/contracts/attachments'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { communications } from '../communications/table.ts'
import { whoseMessages } from '../communications/whose.ts'
import { aboutFilters } from '../record-links/about.ts'
import { comparing, is, isOneOf, isWithin, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { byAuthorOrMessage } from '../row-access/belonging.ts'
import { fewRows } from '../row-access/own-rows.ts'
import { selectAttachments } from './rows.ts'
import { attachments } from './table.ts'

export const attachmentListing = new Listing<Attachment, AttachmentListQuery['sort'], AttachmentListQuery>({
  table: attachments,
  whose: [
    {
      kind: 'attachment',
      belonging: byAuthorOrMessage(attachments, 'through'),
      few: fewRows,
      through: [
        { table: communications, whose: whoseMessages, pointer: attachments.communicationId, id: attachments.id },
      ],
    },
    // Who sees every message sees all of their files.
    {
      kind: 'attachment',
      belonging: byAuthorOrMessage(attachments, 'all'),
    },
  ],
  select: (db, { where, orderBy, limit }) =>
    asRows<Attachment>(
      selectAttachments(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    name: { key: attachments.fileName, of: (row) => row.fileName, shape: z.string() },
    byteSize: { key: attachments.byteSize, of: (row) => row.byteSize, shape: z.int() },
    updatedAt: { key: attachments.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: attachments.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: {
    ...aboutFilters('attachment', attachments),
    ...comparing<AttachmentListQuery>({
      communicationId: is(attachments.communicationId),
      mediaType: isOneOf(attachments.mediaType),
      category: is(attachments.category),
      isImage: is(sql`(${attachments.width} is not null)`),
      state: isOneOf(attachments.state),
      ...isWithin('size', attachments.byteSize),
      ...ofRecord(attachments),
    }),
  },
  texts: ownText(attachments),
})
