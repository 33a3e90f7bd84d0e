'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ListControls } from '../../../components/list/list-controls.tsx'
import { ListHeading } from '../../../components/list/list-heading.tsx'
import { RecordList } from '../../../components/list/record-list.tsx'
import { inPages } from '../../../components/list/list-address.ts'
import { useListState } from '../../../components/list/use-list-state.ts'

import { useTRPC } from '../../../trpc/client.tsx'
import { contactAddress } from './contact-address.ts'

export function ContactList() {
  const trpc = useTRPC()
  const { state, set, query } = useListState(contactAddress)
  const count = useQuery(trpc.contacts.count.queryOptions(query))
  const list = useInfiniteQuery(trpc.contacts.list.infiniteQueryOptions(query, inPages))
  return (
    <div className="grid gap-4">
      <ListHeading title="Contacts" count={count.data}></ListHeading>
      <ListControls noun="contacts" sorts={sorts} state={state} onChange={(next) => void set(next)} />
      <RecordList
        noun="contacts"
        columns={[
          { title: 'Company', cell: (row) => row.accountName },
          { title: 'E-mail', isWide: true, cell: (row) => row.email },
          { title: 'Phone', isWide: true, cell: (row) => row.phone },
          { title: 'Owner', isWide: true, cell: (row) => row.ownerName },
        ]}
        hrefOf={(row) => `/contacts/${row.id}`}
        nameOf={(row) => row.displayName}
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

const sorts = { name: 'Name', updatedAt: 'Changed', createdAt: 'Created' }
