import type { Opportunity, OpportunityListQuery } from '@tenantry/contracts/opportunities'
import { Instant, LocalDate, MinorUnits } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { comparing, is, isOneOf, isWithin, isWithinKey, ofRecord } from '../records/compare.ts'
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
    // What is open has no outcome, which is another question.
    open: {
      of: ({ filters }) => (filters.outcome === 'open' ? true : undefined),
      where: (yes) => sql`(${opportunities.outcome} is null) = ${yes}::boolean`,
    },
    ...comparing<OpportunityListQuery>({
      pipelineId: is(opportunities.pipelineId),
      stageId: isOneOf(opportunities.stageId, 'uuid'),
      accountId: is(opportunities.accountId),
      contactId: is(opportunities.contactId),
      leadId: is(opportunities.leadId),
      ownerId: is(opportunities.ownerId),
      outcome: {
        of: ({ filters }) => (filters.outcome === 'open' ? undefined : filters.outcome),
        where: is(opportunities.outcome),
      },
      eventType: is(opportunities.eventType),
      forecastCategory: isOneOf(opportunities.forecastCategory),
      currency: is(opportunities.currency),
      ...isWithin('amount', opportunities.amountMinor),
      ...isWithinKey('closes', opportunityCloseKey),
      ...isWithin('closed', opportunities.closedAt),
      ...ofRecord(opportunities),
    }),
  },
  texts: { ...ownText(opportunities), kept: 'opportunities' },
})
