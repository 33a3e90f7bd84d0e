import type { Resource, ResourceListQuery } from '@tenantry/contracts/resources'
import { Instant } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { comparing, is, isOneOf, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectResources } from './rows.ts'
import { resources } from './table.ts'

export const resourceListing = new Listing<Resource, ResourceListQuery['sort'], ResourceListQuery>({
  table: resources,
  select: (db, { where, orderBy, limit }) =>
    asRows<Resource>(
      selectResources(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    name: { key: resources.name, of: (row) => row.name, shape: z.string() },
    updatedAt: { key: resources.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: resources.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<ResourceListQuery>({
    kind: isOneOf(resources.kind),
    isActive: is(resources.isActive),
    ...ofRecord(resources),
  }),
  texts: ownText(resources),
})
