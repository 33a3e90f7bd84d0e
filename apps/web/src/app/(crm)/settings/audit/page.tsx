'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Failure } from '../../../../components/failure.tsx'
import { useTenantFormat } from '../../../../components/shell/use-session.ts'
import { Button } from '../../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { formatInstant } from '../../../../format/dates.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

export default function AuditPage() {
  const trpc = useTRPC()
  const { locale, timeZone } = useTenantFormat()
  const audit = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor ?? undefined }),
  )
  if (audit.error !== null) return <Failure error={audit.error} onRetry={() => void audit.refetch()} />
  if (audit.data === undefined) return <SkeletonRows />
  return (
    <div className="grid gap-3">
      <ul className="divide-y divide-line rounded-lg border border-line bg-card">
        {audit.data.pages
          .flatMap((page) => page.rows)
          .map((entry) => (
            <li key={entry.id} className="px-4 py-2.5">
              <p>
                <span className="font-medium">{entry.actorName ?? entry.actorKind}</span> {entry.action} {entry.subject}
              </p>
              <time className="text-xs text-muted" dateTime={entry.at}>
                {formatInstant(entry.at, locale, timeZone)}
              </time>
            </li>
          ))}
      </ul>
      {audit.hasNextPage && <Button onClick={() => void audit.fetchNextPage()}>Show more</Button>}
    </div>
  )
}
