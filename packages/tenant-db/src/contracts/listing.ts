import type { ContractListed, ContractListQuery } from '@tenantry/contracts/contracts'
import { Instant } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { comparing, is, isOneOf, isWithin, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { currentStatus, selectListedContracts } from './rows.ts'
import { contracts } from './table.ts'
import { whoseContracts } from './whose.ts'

export const contractListing = new Listing<ContractListed, ContractListQuery['sort'], ContractListQuery>({
  table: contracts,
  whose: whoseContracts,
  select: (db, { where, orderBy, limit }) =>
    asRows<ContractListed>(
      selectListedContracts(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    number: { key: contracts.number, of: (row) => row.number, shape: z.string() },
    title: { key: contracts.title, of: (row) => row.title, shape: z.string() },
    updatedAt: { key: contracts.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: contracts.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<ContractListQuery>({
    status: isOneOf(currentStatus),
    accountId: is(contracts.accountId),
    quoteId: is(contracts.quoteId),
    eventId: is(contracts.eventId),
    ...isWithin('expires', contracts.expiresAt),
    ...isWithin('completed', contracts.completedAt),
    ...ofRecord(contracts),
  }),
  texts: ownText(contracts),
})
