import type { ContractListed, ContractListQuery } from '@tenantry/contracts/contracts'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { throughAccount } from '../accounts/whose.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { byAccount } from '../row-access/belonging.ts'
import { currentStatus, selectListedContracts } from './rows.ts'
import { contracts } from './table.ts'

export const contractListing = new Listing<ContractListed, ContractListQuery['sort'], ContractListQuery>({
  table: contracts,
  whose: {
    kind: 'contract',
    belonging: byAccount(contracts.accountId, contracts.createdBy),
    through: [throughAccount('contract', contracts)],
  },
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
  filters: {
    status: { of: ({ filters }) => filters.status, where: (words) => sql`${currentStatus} = any(${words}::text[])` },
    accountId: { of: ({ filters }) => filters.accountId, where: (id) => sql`${contracts.accountId} = ${id}` },
    quoteId: { of: ({ filters }) => filters.quoteId, where: (id) => sql`${contracts.quoteId} = ${id}` },
  },
  texts: ownText(contracts),
})
