'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { AuditEntries } from '../../../../components/audit/audit-entries.tsx'
import { Failure } from '../../../../components/failure.tsx'
import { inPages } from '../../../../components/list/list-parsers.ts'
import { uniqueRows } from '../../../../components/list/unique-rows.ts'
import { consoleInstant } from '../../../../components/operator/console-ago.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'

/** The tenant's audit log, as the company itself reads it. */
export function TenantAudit({ slug }: { slug: string }) {
  const trpc = useTRPC()
  const audit = useInfiniteQuery(trpc.operator.audit.infiniteQueryOptions({ slug }, inPages))
  const rows = uniqueRows(audit.data?.pages)
  if (rows === undefined) {
    return audit.error === null ? (
      <SkeletonRows />
    ) : (
      <Failure error={audit.error} onRetry={() => void audit.refetch()} />
    )
  }
  if (rows.length === 0) return <EmptyState title="Nothing has happened yet" />
  return (
    <div className="grid grid-cols-1 gap-3">
      <AuditEntries title="Audit" entries={rows} subjectOf={() => null} format={consoleInstant} />
      {audit.hasNextPage && (
        <Button
          className="justify-self-center"
          disabled={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          {audit.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </div>
  )
}
