import { ContactSort, ContactStatus } from '@tenantry/contracts/contacts'
import { AccountId, UserId } from '@tenantry/contracts/ids'
import { createLoader, parseAsArrayOf, parseAsBoolean, parseAsStringLiteral, type inferParserType } from 'nuqs/server'
import { baseQuery, listParsers, parseAs, parseAsCustomFilter } from '../../../components/list/list-parsers.ts'

export const contactColumns = ['job', 'account', 'email', 'phone', 'status', 'owner', 'createdAt', 'updatedAt'] as const

/** The address of the list of contacts. */
export const contactListParsers = {
  ...listParsers({
    sorts: ContactSort.options,
    sort: 'name',
    order: 'asc',
    columns: contactColumns,
    shown: ['account', 'email', 'phone', 'owner'],
  }),
  status: parseAsArrayOf(parseAsStringLiteral(ContactStatus.options)).withDefault([]),
  owner: parseAs(UserId),
  account: parseAs(AccountId),
  quiet: parseAsBoolean,
  custom: parseAsCustomFilter,
}
export const loadContactList = createLoader(contactListParsers)
export type ContactListState = inferParserType<typeof contactListParsers>

export const noContactFilters = { status: null, owner: null, account: null, quiet: null, custom: null }

/** The same as the question to the API. */
export function contactListQuery(state: ContactListState) {
  return {
    ...baseQuery(state),
    filters: {
      status: state.status.length === 0 ? undefined : state.status,
      ownerId: state.owner ?? undefined,
      accountId: state.account ?? undefined,
      doNotContact: state.quiet ?? undefined,
      custom: state.custom ?? undefined,
    },
  }
}
