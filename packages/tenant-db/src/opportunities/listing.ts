import type { Opportunity, OpportunityListQuery } from '@tenantry/contracts/opportunities'
import { Instant, LocalDate, MinorUnits } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectOpportunities } from './rows.ts'
import { opportunities, opportunityCloseKey } from './table.ts'
import { whoseOpportunities } from './whose.ts'

export const opportunityListing = new Listing<Opportunity, OpportunityListQuery['sort'], OpportunityListQuery>({
  table: opportunities,
  whose: whoseOpportunities,
  select: (db, { where, orderBy, limit }) =>
    asRows<Opportunity>(
      selectOpportunities(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    name: { key: opportunities.name, of: (row) => row.name, shape: z.string() },
    amount: { key: opportunities.amountMinor, of: (row) => row.amountMinor, shape: MinorUnits },
    expectedCloseOn: {
      key: opportunityCloseKey,
      of: (row) => row.expectedCloseOn ?? 'infinity',
      shape: LocalDate.or(z.literal('infinity')),
    },
    updatedAt: { key: opportunities.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: opportunities.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: {
    pipelineId: { of: ({ filters }) => filters.pipelineId, where: (id) => sql`${opportunities.pipelineId} = ${id}` },
    stageId: {
      of: ({ filters }) => filters.stageId,
      where: (ids) => sql`${opportunities.stageId} = any(${ids}::uuid[])`,
    },
    accountId: { of: ({ filters }) => filters.accountId, where: (id) => sql`${opportunities.accountId} = ${id}` },
    contactId: { of: ({ filters }) => filters.contactId, where: (id) => sql`${opportunities.contactId} = ${id}` },
    ownerId: { of: ({ filters }) => filters.ownerId, where: (id) => sql`${opportunities.ownerId} = ${id}` },
    open: {
      of: ({ filters }) => (filters.outcome === 'open' ? true : undefined),
      where: (yes) => sql`(${opportunities.outcome} is null) = ${yes}::boolean`,
    },
    outcome: {
      of: ({ filters }) => (filters.outcome === 'open' ? undefined : filters.outcome),
      where: (outcome) => sql`${opportunities.outcome} = ${outcome}`,
    },
    closesFrom: {
      of: ({ filters }) => filters.closesFrom,
      where: (day) => sql`${opportunities.expectedCloseOn} >= ${day}`,
    },
    closesUntil: {
      of: ({ filters }) => filters.closesUntil,
      where: (day) => sql`${opportunities.expectedCloseOn} <= ${day}`,
    },
  },
  texts: { ...ownText(opportunities), kept: 'opportunities' },
})
