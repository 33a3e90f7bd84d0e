'use client'

import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Failure } from '../failure.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { uniqueRows } from './unique-rows.ts'

export interface ListBodyProps<Row> {
  noun: string
  list: PagedList<Row>
  /** True when a search, a filter or the archive is looked at, so that «empty» means «nothing fits». */
  isNarrowed: boolean
  onWiden: () => void
  /** What to do first when there is nothing at all. */
  whenEmpty: ReactNode
  emptyIcon: ReactNode
  children: (rows: readonly Row[]) => ReactNode
}

/** What a query of pages tells, as far as a list needs it. */
interface PagedList<Row> {
  data: { pages: readonly { rows: readonly Row[] }[] } | undefined
  error: { message: string } | null
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
  refetch: () => Promise<unknown>
}

/** The states of a list around its rows: on its way, refused, empty, nothing fits, more to come. */
export function ListBody<Row extends { id: string }>(props: ListBodyProps<Row>) {
  const { list } = props
  const rows = uniqueRows(list.data?.pages)
  const more = () => void list.fetchNextPage()
  if (rows === undefined) {
    if (list.error === null) return <SkeletonRows count={12} />
    return <Failure error={list.error} onRetry={() => void list.refetch()} />
  }
  if (rows.length === 0) {
    return props.isNarrowed ? (
      <EmptyState
        icon={<SearchX className="size-5" />}
        title={`No ${props.noun} fit`}
        action={<Button onClick={props.onWiden}>Clear search and filters</Button>}
      >
        Nothing matches the search and the filters that are set.
      </EmptyState>
    ) : (
      <EmptyState icon={props.emptyIcon} title={`No ${props.noun} yet`} action={props.whenEmpty}>
        What you add appears here.
      </EmptyState>
    )
  }
  return (
    <div className="grid gap-3">
      {props.children(rows)}
      {list.error !== null && <Failure error={list.error} onRetry={more} />}
      {list.hasNextPage && (
        <Button className="justify-self-center" disabled={list.isFetchingNextPage} onClick={more}>
          {list.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </div>
  )
}
