import type { Account, AccountListQuery } from '@tenantry/contracts/accounts'
import { Instant } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { comparing, is, isOneOf, ofRecord } from '../records/compare.ts'
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
  filters: comparing<AccountListQuery>({
    kind: is(accounts.kind),
    status: isOneOf(accounts.status),
    ownerId: is(accounts.ownerId),
    city: is(accountCityKey),
    country: is(accounts.billingCountry),
    currency: is(accounts.defaultCurrency),
    parentAccountId: is(accounts.parentAccountId),
    industry: is(accounts.industry),
    source: is(accounts.source),
    ...ofRecord(accounts),
  }),
  texts: { ...ownText(accounts), kept: 'accounts' },
})
