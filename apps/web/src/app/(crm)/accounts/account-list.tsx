'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ListControls } from '../../../components/list/list-controls.tsx'
import { ListHeading } from '../../../components/list/list-heading.tsx'
import { RecordList } from '../../../components/list/record-list.tsx'
import { inPages } from '../../../components/list/list-address.ts'
import { useListState } from '../../../components/list/use-list-state.ts'
import { useMay } from '../../../components/shell/use-session.ts'
import { buttonLook } from '../../../components/ui/button.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import Link from 'next/link'
import { useTRPC } from '../../../trpc/client.tsx'
import { accountAddress } from './account-address.ts'

export function AccountList() {
  const trpc = useTRPC()
  const mayWrite = useMay('records.write')
  const { state, set, query } = useListState(accountAddress)
  const count = useQuery(trpc.accounts.count.queryOptions(query))
  const list = useInfiniteQuery(trpc.accounts.list.infiniteQueryOptions(query, inPages))
  return (
    <div className="grid gap-4">
      <ListHeading title="Accounts" count={count.data}>
        {mayWrite && (
          <Link href="/accounts/new" className={buttonLook({ look: 'primary' })}>
            New account
          </Link>
        )}
      </ListHeading>
      <ListControls noun="accounts" sorts={sorts} state={state} onChange={(next) => void set(next)} />
      <RecordList
        noun="accounts"
        columns={[
          {
            title: 'Status',
            cell: (row) => <Badge tone={row.status === 'active' ? 'good' : 'neutral'}>{row.status}</Badge>,
          },
          { title: 'E-mail', isWide: true, cell: (row) => row.email },
          { title: 'City', isWide: true, cell: (row) => row.billingCity },
          { title: 'Owner', isWide: true, cell: (row) => row.ownerName },
        ]}
        hrefOf={(row) => `/accounts/${row.id}`}
        nameOf={(row) => row.name}
        rows={list.data?.pages.flatMap((page) => page.rows)}
        error={list.error}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
        onRetry={() => void list.refetch()}
      />
    </div>
  )
}

const sorts = { name: 'Name', updatedAt: 'Changed', createdAt: 'Created', status: 'Status', city: 'City' }
