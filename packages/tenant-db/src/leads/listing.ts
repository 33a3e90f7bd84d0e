import type { Lead, LeadListQuery } from '@tenantry/contracts/leads'
import { Instant, LocalDate } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { comparing, is, isOneOf, isWithin, isWithinKey, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { queueRankOf } from './queue-rank.ts'
import { selectLeads } from './rows.ts'
import { leads, leadWantedKey } from './table.ts'
import { whoseLeads } from './whose.ts'

export const leadListing = new Listing<Lead, LeadListQuery['sort'], LeadListQuery>({
  table: leads,
  whose: whoseLeads,
  select: (db, { where, orderBy, limit }) =>
    asRows<Lead>(
      selectLeads(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    queue: { key: leads.queueRank, of: queueRankOf, shape: z.string().regex(/^\d{1,16}$/) },
    name: { key: leads.displayName, of: (row) => row.displayName, shape: z.string() },
    wantedOn: {
      key: leadWantedKey,
      of: (row) => row.wantedOn ?? 'infinity',
      shape: LocalDate.or(z.literal('infinity')),
    },
    updatedAt: { key: leads.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: leads.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<LeadListQuery>({
    status: isOneOf(leads.status),
    kind: is(leads.kind),
    ownerId: is(leads.ownerId),
    source: is(leads.source),
    eventType: is(leads.eventType),
    currency: is(leads.currency),
    convertedAccountId: is(leads.convertedAccountId),
    convertedContactId: is(leads.convertedContactId),
    convertedOpportunityId: is(leads.convertedOpportunityId),
    ...isWithinKey('wanted', leadWantedKey),
    ...isWithin('guests', leads.guestCount),
    ...isWithin('budget', leads.budgetMinor),
    ...ofRecord(leads),
  }),
  texts: ownText(leads),
})
