'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { WebhookMessageStatus } from '@tenantry/contracts/webhooks'
import { Send } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { ListBody } from '../../../../../components/list/list-body.tsx'
import { inPages } from '../../../../../components/list/list-parsers.ts'
import { Select } from '../../../../../components/ui/select.tsx'
import { optionsOf } from '../../../../../format/labels.ts'
import { useTRPC } from '../../../../../trpc/client.tsx'
import { DeliveryRow, messageStatusLabels } from './delivery-row.tsx'

/** What was sent to an endpoint, and what became of it. */
export function Deliveries({ id }: { id: string }) {
  const trpc = useTRPC()
  const [status, setStatus] = useState<WebhookMessageStatus>()
  const webhook = useQuery(trpc.webhooks.list.queryOptions()).data?.find((each) => each.id === id)
  const list = useInfiniteQuery(
    trpc.webhooks.deliveries.infiniteQueryOptions(
      { id, ...(status !== undefined && { status }) },
      { ...inPages, placeholderData: keepPreviousData, refetchInterval: refreshMs },
    ),
  )
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="font-semibold break-all">{webhook?.url ?? 'Webhook'}</h2>
          <Link href="/settings/webhooks" className="text-[13px] text-muted hover:underline">
            All webhooks
          </Link>
        </div>
        <Select
          aria-label="Show messages that are"
          className="w-44"
          options={[{ value: 'all', label: 'Every message' }, ...optionsOf(messageStatusLabels)]}
          value={status ?? 'all'}
          onChange={(chosen) => setStatus(chosen === 'all' ? undefined : chosen)}
        />
      </div>
      <ListBody
        noun="messages"
        list={list}
        isNarrowed={status !== undefined}
        onWiden={() => setStatus(undefined)}
        emptyIcon={<Send className="size-5" />}
        whenEmpty={null}
      >
        {(rows) => (
          <ul className="divide-y divide-line rounded-lg border border-line bg-card">
            {rows.map((message) => (
              <DeliveryRow key={message.id} message={message} />
            ))}
          </ul>
        )}
      </ListBody>
    </div>
  )
}

/** Attempts are made while nobody does anything. */
const refreshMs = 10_000
