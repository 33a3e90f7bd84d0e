'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ListControls } from '../../../components/list/list-controls.tsx'
import { ListHeading } from '../../../components/list/list-heading.tsx'
import { RecordList } from '../../../components/list/record-list.tsx'
import { inPages } from '../../../components/list/list-address.ts'
import { useListState } from '../../../components/list/use-list-state.ts'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { buttonLook } from '../../../components/ui/button.tsx'
import { formatDate } from '../../../format/dates.ts'
import { formatMoney } from '../../../format/money.ts'
import Link from 'next/link'
import { useTRPC } from '../../../trpc/client.tsx'
import { opportunityAddress } from './opportunity-address.ts'

export function OpportunityList() {
  const trpc = useTRPC()
  const { locale } = useTenantFormat()
  const { state, set, query } = useListState(opportunityAddress)
  const count = useQuery(trpc.opportunities.count.queryOptions(query))
  const list = useInfiniteQuery(trpc.opportunities.list.infiniteQueryOptions(query, inPages))
  return (
    <div className="grid gap-4">
      <ListHeading title="Opportunities" count={count.data}>
        <Link href="/opportunities/board" className={buttonLook()}>
          Board
        </Link>
      </ListHeading>
      <ListControls noun="opportunities" sorts={sorts} state={state} onChange={(next) => void set(next)} />
      <RecordList
        noun="opportunities"
        columns={[
          { title: 'Amount', isNumber: true, cell: (row) => formatMoney(row.amountMinor, row.currency, locale) },
          { title: 'Stage', isWide: true, cell: (row) => row.stageName },
          { title: 'Account', isWide: true, cell: (row) => row.accountName },
          {
            title: 'Closes',
            isWide: true,
            cell: (row) => row.expectedCloseOn && formatDate(row.expectedCloseOn, locale),
          },
        ]}
        hrefOf={(row) => `/opportunities/${row.id}`}
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

const sorts = { updatedAt: 'Changed', name: 'Name', amount: 'Amount', expectedCloseOn: 'Closes', createdAt: 'Created' }
