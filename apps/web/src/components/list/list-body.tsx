'use client'

import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Failure } from '../failure.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

export interface ListBodyProps<Row> {
  noun: string
  rows: readonly Row[] | undefined
  error: { message: string } | null
  /** True when a search, a filter or the archive is looked at, so that «empty» means «nothing fits». */
  isNarrowed: boolean
  onWiden: () => void
  /** What to do first when there is nothing at all. */
  whenEmpty: ReactNode
  emptyIcon: ReactNode
  hasMore: boolean
  isLoadingMore: boolean
  onMore: () => void
  onRetry: () => void
  children: (rows: readonly Row[]) => ReactNode
}

/** The states of a list around its rows: on its way, refused, empty, nothing fits, more to come. */
export function ListBody<Row>(props: ListBodyProps<Row>) {
  const { rows } = props
  if (rows === undefined) {
    return props.error === null ? <SkeletonRows count={12} /> : <Failure error={props.error} onRetry={props.onRetry} />
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
      {props.error !== null && <Failure error={props.error} onRetry={props.onMore} />}
      {props.hasMore && (
        <Button className="justify-self-center" disabled={props.isLoadingMore} onClick={props.onMore}>
          {props.isLoadingMore ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </div>
  )
}
