import type { Lead, LeadListQuery } from '@tenantry/contracts/leads'
import { Instant, LocalDate } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { byOwner } from '../row-access/belonging.ts'
import { queueRankOf } from './queue-rank.ts'
import { selectLeads } from './rows.ts'
import { leads, leadWantedKey } from './table.ts'

export const leadListing = new Listing<Lead, LeadListQuery['sort'], LeadListQuery>({
  table: leads,
  whose: { kind: 'lead', belonging: byOwner(leads.ownerId, leads.createdBy) },
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
  filters: {
    status: { of: ({ filters }) => filters.status, where: (list) => sql`${leads.status} = any(${list}::text[])` },
    kind: { of: ({ filters }) => filters.kind, where: (kind) => sql`${leads.kind} = ${kind}` },
    ownerId: { of: ({ filters }) => filters.ownerId, where: (id) => sql`${leads.ownerId} = ${id}` },
    source: { of: ({ filters }) => filters.source, where: (source) => sql`${leads.source} = ${source}` },
    eventType: { of: ({ filters }) => filters.eventType, where: (type) => sql`${leads.eventType} = ${type}` },
    wantedFrom: { of: ({ filters }) => filters.wantedFrom, where: (day) => sql`${leads.wantedOn} >= ${day}` },
    wantedUntil: { of: ({ filters }) => filters.wantedUntil, where: (day) => sql`${leads.wantedOn} <= ${day}` },
  },
  texts: ownText(leads),
})
