import { failsClosed, type Program } from '../program.ts'
import { running } from './openings.ts'

/** A genuine grant of the wrong company: types cannot tell, the database can. */
export const wrongGrants: Program[] = [
  failsClosed(
    'packages/api',
    'the neighbour’s grant, in the same database',
    running(
      '  return given.dataSources.withTenant(given.⟦neighbour ⇒ grant⟧, (db) => db.accounts.byId(given.accountId))',
    ),
    'NOT_FOUND',
  ),
  failsClosed(
    'packages/api',
    'a stranger’s grant, on another server',
    running(
      '  return given.dataSources.withTenant(given.⟦stranger ⇒ grant⟧, (db) => db.accounts.byId(given.accountId))',
    ),
    'NOT_FOUND',
  ),
  failsClosed(
    'packages/api',
    'an account made the daughter of one that belongs to the neighbour',
    running(`  const daughter = { ...newAccount, parentAccountId: given.accountId }
  return given.dataSources.withTenantWriter(given.⟦neighbour ⇒ grant⟧, (db) => db.accounts.create(daughter))`),
    'RULE_VIOLATED',
  ),
  failsClosed(
    'packages/api',
    'a write with the grant of a suspended company',
    running(
      '  return given.dataSources.withTenantWriter(given.⟦suspended ⇒ grant⟧, (db) => db.accounts.create(newAccount))',
    ),
    'TENANT_SUSPENDED',
  ),
]
