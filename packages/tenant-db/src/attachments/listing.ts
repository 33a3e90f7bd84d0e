import type { Attachment, AttachmentListQuery } from '@tenantry/contracts/attachments'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { aboutFilters } from '../record-links/about.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { byAuthorOrMessage } from '../row-access/belonging.ts'
import { selectAttachments } from './rows.ts'
import { attachments } from './table.ts'

export const attachmentListing = new Listing<Attachment, AttachmentListQuery['sort'], AttachmentListQuery>({
  table: attachments,
  whose: {
    kind: 'attachment',
    belonging: byAuthorOrMessage(attachments.createdBy, attachments.id, attachments.communicationId),
  },
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
    communicationId: {
      of: ({ filters }) => filters.communicationId,
      where: (id) => sql`${attachments.communicationId} = ${id}`,
    },
    mediaType: {
      of: ({ filters }) => filters.mediaType,
      where: (types) => sql`${attachments.mediaType} = any(${types}::text[])`,
    },
    category: { of: ({ filters }) => filters.category, where: (word) => sql`${attachments.category} = ${word}` },
    isImage: {
      of: ({ filters }) => filters.isImage,
      where: (flag) => sql`(${attachments.width} is not null) = ${flag}`,
    },
    from: { of: ({ filters }) => filters.from, where: (at) => sql`${attachments.createdAt} >= ${at}` },
    until: { of: ({ filters }) => filters.until, where: (at) => sql`${attachments.createdAt} <= ${at}` },
  },
  texts: ownText(attachments),
})
