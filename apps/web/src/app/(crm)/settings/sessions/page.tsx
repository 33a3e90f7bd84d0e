'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Failure } from '../../../../components/failure.tsx'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { formatInstant } from '../../../../format/dates.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

export default function SessionsPage() {
  const trpc = useTRPC()
  const sessions = useQuery(trpc.session.list.queryOptions())
  const leave = useMutation(
    trpc.session.signOutEverywhere.mutationOptions({ onSuccess: () => window.location.assign('/sign-in') }),
  )
  if (sessions.error !== null) return <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />
  if (sessions.data === undefined) return <SkeletonRows count={3} />
  return (
    <div className="grid gap-4">
      {leave.error !== null && <Failure error={leave.error} />}
      <ul className="divide-y divide-line rounded-lg border border-line bg-card">
        {sessions.data.map((session) => (
          <li key={session.id} className="flex items-center gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="truncate">{session.userAgent ?? 'Unknown browser'}</p>
              <p className="text-xs text-muted">Last seen {formatInstant(session.lastSeenAt)}</p>
            </div>
            {session.isCurrent && <Badge tone="good">This one</Badge>}
          </li>
        ))}
      </ul>
      <Button look="danger" className="justify-self-start" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out everywhere
      </Button>
    </div>
  )
}
