'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import type { LinkedEntity } from '@tenantry/contracts/record-links'
import Link from 'next/link'
import { useTRPC } from '../../trpc/client.tsx'
import { Ago } from '../ago.tsx'
import { Failure } from '../failure.tsx'
import { inPages } from '../list/list-parsers.ts'
import { uniqueRows } from '../list/unique-rows.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { activityQuery } from './activity-query.ts'
import { activitySentence } from './activity-sentence.ts'

/** What people have written about a record, and how what belongs to it goes, newest first. */
export function Activity({ entity, id }: { entity: LinkedEntity; id: string }) {
  const trpc = useTRPC()
  const about = useInfiniteQuery(trpc.about.timeline.infiniteQueryOptions(activityQuery(entity, id), inPages))
  const entries = uniqueRows(about.data?.pages)
  return (
    <Card title="Activity">
      {entries === undefined &&
        (about.error === null ? (
          <SkeletonRows count={3} />
        ) : (
          <Failure error={about.error} onRetry={() => void about.refetch()} />
        ))}
      {entries?.length === 0 && <p className="text-muted">Nothing yet.</p>}
      {entries !== undefined && entries.length > 0 && (
        <ol className="grid gap-3">
          {entries.map((entry) => (
            <li key={entry.id} className="grid min-w-0 gap-0.5">
              <p className="font-medium break-words">
                {entry.of?.entity === 'opportunity' && entity !== 'opportunity' ? (
                  <Link href={`/opportunities/${entry.of.id}`} className="hover:underline">
                    {activitySentence(entry)}
                  </Link>
                ) : (
                  activitySentence(entry)
                )}
              </p>
              {entry.excerpt !== null && <p className="line-clamp-3 break-words text-muted">{entry.excerpt}</p>}
              <p className="text-xs text-muted">
                {entry.actorName === null ? '' : `${entry.actorName} · `}
                <Ago instant={entry.at} />
              </p>
            </li>
          ))}
        </ol>
      )}
      {about.hasNextPage && (
        <Button
          size="small"
          className="mt-3 w-full"
          disabled={about.isFetchingNextPage}
          onClick={() => void about.fetchNextPage()}
        >
          {about.isFetchingNextPage ? 'Loading…' : 'Load more'}
        </Button>
      )}
    </Card>
  )
}
