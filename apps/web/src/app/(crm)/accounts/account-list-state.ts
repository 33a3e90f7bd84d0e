import { AccountKind, AccountSort, AccountStatus } from '@tenantry/contracts/accounts'
import { UserId } from '@tenantry/contracts/ids'
import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs/server'
import { baseQuery, listParsers, parseAs, parseAsCustomFilter } from '../../../components/list/list-parsers.ts'

export const accountColumns = [
  'kind',
  'status',
  'email',
  'phone',
  'city',
  'industry',
  'owner',
  'createdAt',
  'updatedAt',
] as const

/** The address of the list of accounts. */
export const accountListParsers = {
  ...listParsers({
    sorts: AccountSort.options,
    sort: 'name',
    order: 'asc',
    columns: accountColumns,
    shown: ['status', 'email', 'city', 'owner', 'updatedAt'],
  }),
  kind: parseAsStringLiteral(AccountKind.options),
  status: parseAsArrayOf(parseAsStringLiteral(AccountStatus.options)).withDefault([]),
  owner: parseAs(UserId),
  city: parseAsString,
  custom: parseAsCustomFilter,
}
export const loadAccountList = createLoader(accountListParsers)
export type AccountListState = inferParserType<typeof accountListParsers>

export const noAccountFilters = { kind: null, status: null, owner: null, city: null, custom: null }

/** The same as the question to the API. */
export function accountListQuery(state: AccountListState) {
  return {
    ...baseQuery(state),
    filters: {
      kind: state.kind ?? undefined,
      status: state.status.length === 0 ? undefined : state.status,
      ownerId: state.owner ?? undefined,
      city: state.city ?? undefined,
      custom: state.custom ?? undefined,
    },
  }
}
