import type { Communication, CommunicationListQuery } from '@tenantry/contracts/communications'
import { Instant } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { aboutFilters } from '../record-links/about.ts'
import { comparing, is, isOneOf, isWithin, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectCommunications } from './rows.ts'
import { communicationNameKey, communications } from './table.ts'
import { whoseMessages } from './whose.ts'

export const communicationListing = new Listing<Communication, CommunicationListQuery['sort'], CommunicationListQuery>({
  table: communications,
  whose: whoseMessages,
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
    ...comparing<CommunicationListQuery>({
      channel: isOneOf(communications.channel),
      direction: is(communications.direction),
      status: isOneOf(communications.status),
      threadKey: is(communications.threadKey),
      ...isWithin('occurred', communications.occurredAt),
      ...ofRecord(communications),
    }),
  },
  texts: ownText(communications),
})
