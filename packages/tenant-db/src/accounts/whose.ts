import type { LimitedKind } from '@tenantry/contracts/record-access'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { byOwner } from '../row-access/belonging.ts'
import type { Through, Whose } from '../row-access/own-rows.ts'
import { accounts } from './table.ts'

export const whoseAccounts: Whose = { kind: 'account', belonging: byOwner(accounts.ownerId, accounts.createdBy) }

/** Documents are theirs too whose the company is: see `byAccount`. */
export function throughAccount(kind: LimitedKind, { accountId, id }: Record<'accountId' | 'id', PgColumn>): Through {
  return { table: accounts, whose: { ...whoseAccounts, kind }, pointer: accountId, id }
}
