'use client'

import { useQuery } from '@tanstack/react-query'
import type { Webhook } from '@tenantry/contracts/webhooks'
import { Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { useMay } from '../../../../components/shell/use-session.ts'
import { SettingsRows } from '../../../../components/settings-rows.tsx'
import { ShownOnce } from '../../../../components/shown-once.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { WebhookDialog } from './webhook-dialog.tsx'
import { WebhookRow } from './webhook-row.tsx'

/** Whom the company tells of its changes. */
export function Webhooks() {
  const trpc = useTRPC()
  const mayManage = useMay('tenant.manage')
  const [edited, setEdited] = useState<{ webhook?: Webhook }>()
  const [secret, setSecret] = useState<string>()
  const webhooks = useQuery(trpc.webhooks.list.queryOptions())
  if (webhooks.data === undefined) {
    return webhooks.error === null ? (
      <SkeletonRows />
    ) : (
      <Failure error={webhooks.error} onRetry={() => void webhooks.refetch()} />
    )
  }
  const add = mayManage && (
    <Button size="small" look="primary" onClick={() => setEdited({})}>
      <Plus aria-hidden className="size-4" />
      Add webhook
    </Button>
  )
  return (
    <div className="grid grid-cols-1 gap-5">
      <p className="max-w-prose text-muted">
        A program elsewhere is told of each change a moment after it was made. What is sent is signed, and sent again
        for days when nobody answers.
      </p>
      <SettingsRows title="Webhooks" rows={webhooks.data} action={add} empty={empty}>
        {(webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} onEdit={() => setEdited({ webhook })} onSecret={setSecret} />
        )}
      </SettingsRows>
      {edited !== undefined && <WebhookDialog {...edited} onCreated={setSecret} onClose={() => setEdited(undefined)} />}
      {secret !== undefined && (
        <ShownOnce
          title="Keep this secret now"
          description="It is shown this once. By it the program that listens knows that a message is from here."
          label="Secret"
          value={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
    </div>
  )
}

const empty = {
  icon: <WebhookIcon className="size-5" />,
  title: 'No program is told of changes',
  hint: 'Add the address at which one listens.',
}
