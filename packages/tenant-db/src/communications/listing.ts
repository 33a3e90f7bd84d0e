import type { Communication, CommunicationListQuery } from '@tenantry/contracts/communications'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { aboutFilters } from '../record-links/about.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { byAuthor } from '../row-access/belonging.ts'
import { selectCommunications } from './rows.ts'
import { communicationNameKey, communications } from './table.ts'

export const communicationListing = new Listing<Communication, CommunicationListQuery['sort'], CommunicationListQuery>({
  table: communications,
  whose: { kind: 'communication', belonging: byAuthor(communications.createdBy, communications.id) },
  select: (db, { where, orderBy, limit }) =>
    asRows<Communication>(
      selectCommunications(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    occurredAt: { key: communications.occurredAt, of: (row) => row.occurredAt, shape: Instant },
    name: { key: communicationNameKey, of: (row) => row.subject ?? '', shape: z.string() },
    updatedAt: { key: communications.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: communications.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: {
    ...aboutFilters('communication', communications),
    channel: {
      of: ({ filters }) => filters.channel,
      where: (channels) => sql`${communications.channel} = any(${channels}::text[])`,
    },
    direction: {
      of: ({ filters }) => filters.direction,
      where: (direction) => sql`${communications.direction} = ${direction}`,
    },
    status: {
      of: ({ filters }) => filters.status,
      where: (statuses) => sql`${communications.status} = any(${statuses}::text[])`,
    },
    from: { of: ({ filters }) => filters.from, where: (at) => sql`${communications.occurredAt} >= ${at}` },
    until: { of: ({ filters }) => filters.until, where: (at) => sql`${communications.occurredAt} <= ${at}` },
  },
  texts: ownText(communications),
})
