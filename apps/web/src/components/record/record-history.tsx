'use client'

import type { CustomizedEntity } from '@tenantry/contracts/custom-fields'
import type { LinkedEntity } from '@tenantry/contracts/record-links'
import { uniqueRows } from '../list/unique-rows.ts'
import { useMay } from '../shell/use-session.ts'
import { Activity } from './activity.tsx'
import { Timeline, type TimelineChange } from './timeline.tsx'
import type { RecordActions } from './use-record-actions.ts'

/** What was changed of a record, and below it what happened around it. */
export function RecordHistory(props: {
  entity: CustomizedEntity & LinkedEntity
  id: string
  /** The record's own timeline, in pages. */
  query: TimelineQuery
  actions: Pick<RecordActions<unknown>, 'isBusy' | 'undo'>
  /** The currency of the record, for amounts in its history. */
  currency?: string
}) {
  const { entity, query, actions } = props
  const mayWrite = useMay('records.write')
  return (
    <>
      <Timeline
        noun={entity}
        changes={uniqueRows(query.data?.pages)}
        error={query.error}
        hasMore={query.hasNextPage}
        isLoadingMore={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
        onRetry={() => void query.refetch()}
        currency={props.currency}
        isUndoing={actions.isBusy}
        onUndo={mayWrite ? (change) => void actions.undo(change) : undefined}
      />
      <Activity entity={entity} id={props.id} />
    </>
  )
}

/** What is read of an infinite query of changes, whichever record's it is. */
interface TimelineQuery {
  data: { pages: { rows: TimelineChange[] }[] } | undefined
  error: { message: string } | null
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
  refetch: () => Promise<unknown>
}
