import type { Metadata } from 'next'
import { inPages } from '../../../components/list/list-parsers.ts'
import { Hydrated } from '../../../trpc/hydrated.tsx'
import { accountListQuery, loadAccountList } from './account-list-state.ts'
import { AccountList } from './account-list.tsx'

export const metadata: Metadata = { title: 'Accounts' }

export default async function AccountsPage({ searchParams }: PageProps<'/accounts'>) {
  const query = accountListQuery(await loadAccountList(searchParams))
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.infiniteQuery(api.accounts.list.infiniteQueryOptions(query, inPages)),
        cache.query(api.accounts.count.queryOptions(query)),
      ]}
    >
      <AccountList />
    </Hydrated>
  )
}
