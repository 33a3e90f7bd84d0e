'use client'

import { useMutation } from '@tanstack/react-query'
import type { CalendarFeed } from '@tenantry/contracts/calendar-feeds'
import { useState } from 'react'
import { Ago } from '../../../../components/ago.tsx'
import { useMay } from '../../../../components/shell/use-session.ts'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog.tsx'
import { useOutcome } from '../../../../components/use-outcome.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

/** A calendar that reads along. Its address is known to its device alone; a new one shuts out whoever has the old one. */
export function FeedRow({ feed, onAddress }: { feed: CalendarFeed; onAddress: (path: string) => void }) {
  const { id, name, scope, memberName, lastReadAt, rotatedAt } = feed
  const trpc = useTRPC()
  const mayKeep = useMay('records.see')
  const [asked, setAsked] = useState<'rotate' | 'revoke'>()
  const outcome = useOutcome(trpc.calendarFeeds.pathFilter())
  const rotate = useMutation(
    trpc.calendarFeeds.rotate.mutationOptions({
      ...outcome(`${name} has a new address`),
      onSuccess: ({ path }) => onAddress(path),
    }),
  )
  const revoke = useMutation(trpc.calendarFeeds.revoke.mutationOptions(outcome(`Revoked ${name}`)))
  const isBusy = rotate.isPending || revoke.isPending
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words">{name}</p>
        <p className="text-[13px] text-muted">
          Address made <Ago instant={rotatedAt} />
          {', '}
          {lastReadAt === null ? (
            'not read yet'
          ) : (
            <>
              read <Ago instant={lastReadAt} />
            </>
          )}
        </p>
      </div>
      <Badge tone={scope === 'company' ? 'brand' : 'neutral'}>
        {scope === 'company' ? 'All dates' : (memberName ?? 'Own dates')}
      </Badge>
      {mayKeep && (
        <div className="flex gap-2">
          <Button
            size="small"
            disabled={isBusy}
            aria-label={`New address for ${name}`}
            onClick={() => setAsked('rotate')}
          >
            New address
          </Button>
          <Button
            size="small"
            look="danger"
            disabled={isBusy}
            aria-label={`Revoke ${name}`}
            onClick={() => setAsked('revoke')}
          >
            Revoke
          </Button>
        </div>
      )}
      {asked !== undefined && (
        <ConfirmDialog
          title={asked === 'rotate' ? `A new address for ${name}?` : `Revoke ${name}?`}
          description="Whoever reads the address there is now finds nothing there any more."
          confirmLabel={asked === 'rotate' ? 'Make a new address' : 'Revoke'}
          look={asked === 'rotate' ? 'primary' : 'danger'}
          onConfirm={() => {
            if (asked === 'rotate') rotate.mutate({ id })
            else revoke.mutate({ id })
            setAsked(undefined)
          }}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </li>
  )
}
