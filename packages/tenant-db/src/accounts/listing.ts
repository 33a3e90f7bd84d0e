import type { Account, AccountListQuery } from '@tenantry/contracts/accounts'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectAccounts } from './rows.ts'
import { accountCityKey, accounts } from './table.ts'
import { whoseAccounts } from './whose.ts'

export const accountListing = new Listing<Account, AccountListQuery['sort'], AccountListQuery>({
  table: accounts,
  whose: whoseAccounts,
  select: (db, { where, orderBy, limit }) =>
    asRows<Account>(
      selectAccounts(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    name: { key: accounts.name, of: (row) => row.name, shape: z.string() },
    updatedAt: { key: accounts.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: accounts.createdAt, of: (row) => row.createdAt, shape: Instant },
    status: { key: accounts.status, of: (row) => row.status, shape: z.string() },
    city: { key: accountCityKey, of: (row) => row.billingCity ?? '', shape: z.string() },
  },
  filters: {
    kind: { of: ({ filters }) => filters.kind, where: (kind) => sql`${accounts.kind} = ${kind}` },
    status: {
      of: ({ filters }) => filters.status,
      where: (status) => sql`${accounts.status} = any(${status}::text[])`,
    },
    ownerId: { of: ({ filters }) => filters.ownerId, where: (owner) => sql`${accounts.ownerId} = ${owner}` },
    city: { of: ({ filters }) => filters.city, where: (city) => sql`${accountCityKey} = ${city}` },
  },
  texts: { ...ownText(accounts), kept: 'accounts' },
})
