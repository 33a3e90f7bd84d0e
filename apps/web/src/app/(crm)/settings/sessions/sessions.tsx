'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { Ago } from '../../../../components/ago.tsx'
import { Failure } from '../../../../components/failure.tsx'
import { useTenantFormat } from '../../../../components/shell/use-session.ts'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { formatInstant } from '../../../../format/dates.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { browserName } from './browser-name.ts'

/** Where the signed-in person is signed in, in every company alike. */
export function Sessions() {
  const trpc = useTRPC()
  const { locale, timeZone } = useTenantFormat()
  const [isAsking, setAsking] = useState(false)
  const sessions = useQuery(trpc.session.list.queryOptions())
  const leave = useMutation(
    trpc.session.signOutEverywhere.mutationOptions({ onSuccess: () => window.location.assign('/sign-in') }),
  )
  if (sessions.data === undefined) {
    return sessions.error === null ? (
      <SkeletonRows count={3} />
    ) : (
      <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />
    )
  }
  return (
    <Card
      title="Where you are signed in"
      count={sessions.data.length}
      className="p-0"
      action={
        <Button size="small" look="danger" onClick={() => setAsking(true)}>
          Sign out everywhere
        </Button>
      }
    >
      <ul className="divide-y divide-line">
        {sessions.data.map((session) => (
          <li key={session.id} className="flex items-center gap-3 px-4 py-3">
            <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-muted" />
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium" title={session.userAgent ?? undefined}>
                {browserName(session.userAgent)}
              </p>
              <p className="text-[13px] text-muted">
                Since {formatInstant(session.createdAt, locale, timeZone)}, last seen{' '}
                <Ago instant={session.lastSeenAt} />
              </p>
            </div>
            {session.isCurrent && <Badge tone="good">This one</Badge>}
          </li>
        ))}
      </ul>
      {isAsking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          description="Every browser and device you are signed in on, this one too, has to sign in again."
          confirmLabel="Sign out everywhere"
          isBusy={leave.isPending}
          onConfirm={() => leave.mutate()}
          onCancel={() => setAsking(false)}
        >
          {leave.error !== null && <Failure error={leave.error} />}
        </ConfirmDialog>
      )}
    </Card>
  )
}
