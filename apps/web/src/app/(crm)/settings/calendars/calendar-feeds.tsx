'use client'

import { useQuery } from '@tanstack/react-query'
import { CalendarDays, Plus } from 'lucide-react'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { useMay } from '../../../../components/shell/use-session.ts'
import { SettingsRows } from '../../../../components/settings-rows.tsx'
import { ShownOnce } from '../../../../components/shown-once.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { AddFeedDialog } from './add-feed-dialog.tsx'
import { FeedRow } from './feed-row.tsx'

/** The addresses at which calendars read the company's dates: one's own, and all of them for who manages the company. */
export function CalendarFeeds() {
  const trpc = useTRPC()
  const mayKeep = useMay('records.see')
  const [isAdding, setAdding] = useState(false)
  const [path, setPath] = useState<string>()
  const feeds = useQuery(trpc.calendarFeeds.list.queryOptions())
  if (feeds.data === undefined) {
    return feeds.error === null ? (
      <SkeletonRows />
    ) : (
      <Failure error={feeds.error} onRetry={() => void feeds.refetch()} />
    )
  }
  const add = mayKeep && (
    <Button size="small" look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
      Add calendar
    </Button>
  )
  return (
    <div className="grid grid-cols-1 gap-5">
      <p className="max-w-prose text-muted">
        A calendar on your phone or desk reads an address here by itself and shows the dates of events. Whoever has the
        address sees them, so give each device one of its own.
      </p>
      <SettingsRows title="Calendars" rows={feeds.data} action={add} empty={empty}>
        {(feed) => <FeedRow key={feed.id} feed={feed} onAddress={setPath} />}
      </SettingsRows>
      {isAdding && (
        <AddFeedDialog
          onCreated={(made) => {
            setAdding(false)
            setPath(made)
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {path !== undefined && (
        <ShownOnce
          title="Keep this address now"
          description="It is shown this once. Paste it where your calendar asks for the address of a subscription."
          label="Address"
          value={`${location.origin}${path}`}
          onClose={() => setPath(undefined)}
        />
      )}
    </div>
  )
}

const empty = {
  icon: <CalendarDays className="size-5" />,
  title: 'No calendar reads along',
  hint: 'Add one, and paste its address where your calendar asks for a subscription.',
}
