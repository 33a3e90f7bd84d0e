'use client'

import { useMutation } from '@tanstack/react-query'
import type { Webhook, WebhookOff } from '@tenantry/contracts/webhooks'
import { secretOverlapHours } from '@tenantry/contracts/webhooks'
import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useMay, useTenantFormat } from '../../../../components/shell/use-session.ts'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog.tsx'
import { Menu, MenuItem } from '../../../../components/ui/menu.tsx'
import { useOutcome } from '../../../../components/use-outcome.ts'
import { formatInstant } from '../../../../format/dates.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { wordsOf } from './event-words.ts'

/** An endpoint with what may be done about it; its log is a page of its own. */
export function WebhookRow(props: { webhook: Webhook; onEdit: () => void; onSecret: (secret: string) => void }) {
  const { webhook, onEdit, onSecret } = props
  const { id, url, description, events, disabledAt, disabledBecause, failingSince } = webhook
  const trpc = useTRPC()
  const mayManage = useMay('tenant.manage')
  const { locale, timeZone } = useTenantFormat()
  const [asked, setAsked] = useState<'rotate' | 'remove'>()
  const outcome = useOutcome(trpc.webhooks.pathFilter())
  const test = useMutation(trpc.webhooks.test.mutationOptions(outcome('A test is on its way')))
  const disable = useMutation(trpc.webhooks.disable.mutationOptions(outcome('Switched the webhook off')))
  const enable = useMutation(trpc.webhooks.enable.mutationOptions(outcome('Switched the webhook on')))
  const remove = useMutation(trpc.webhooks.remove.mutationOptions(outcome('Removed the webhook')))
  const rotate = useMutation(
    trpc.webhooks.rotateSecret.mutationOptions({
      ...outcome('The webhook has a new secret'),
      onSuccess: ({ secret }) => onSecret(secret),
    }),
  )
  const isOff = disabledAt !== null
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className={`break-all ${isOff ? 'text-muted' : 'font-medium'}`}>
          <Link href={`/settings/webhooks/${id}`} className="hover:underline">
            {url}
          </Link>
        </p>
        <p className="text-[13px] break-words text-muted">
          {description !== null && `${description} · `}
          {events === null ? 'Every change' : events.slice(0, 3).map(wordsOf).join(', ')}
          {events !== null && events.length > 3 && ` and ${events.length - 3} more`}
        </p>
      </div>
      {isOff && (
        <Badge tone={disabledBecause === 'manager' ? 'neutral' : 'bad'}>
          {offLabels[disabledBecause ?? 'manager']}
        </Badge>
      )}
      {!isOff && failingSince !== null && (
        <Badge tone="warn">{`Failing since ${formatInstant(failingSince, locale, timeZone)}`}</Badge>
      )}
      {mayManage && (
        <Menu
          trigger={
            <Button look="quiet" size="smallIcon" aria-label={`Actions for ${url}`}>
              <Ellipsis aria-hidden className="size-4" />
            </Button>
          }
        >
          <MenuItem onSelect={onEdit}>Edit</MenuItem>
          {!isOff && <MenuItem onSelect={() => test.mutate({ id })}>Send a test</MenuItem>}
          <MenuItem onSelect={() => setAsked('rotate')}>New secret</MenuItem>
          {isOff ? (
            <MenuItem onSelect={() => enable.mutate({ id })}>Switch on</MenuItem>
          ) : (
            <MenuItem onSelect={() => disable.mutate({ id })}>Switch off</MenuItem>
          )}
          <MenuItem isDangerous onSelect={() => setAsked('remove')}>
            Remove
          </MenuItem>
        </Menu>
      )}
      {asked === 'rotate' && (
        <ConfirmDialog
          title="Make a new secret?"
          description={`Messages carry the signatures of both secrets for ${secretOverlapHours} hours, then that of the new one alone.`}
          confirmLabel="Make a new secret"
          look="primary"
          onConfirm={() => {
            rotate.mutate({ id })
            setAsked(undefined)
          }}
          onCancel={() => setAsked(undefined)}
        />
      )}
      {asked === 'remove' && (
        <ConfirmDialog
          title="Remove this webhook?"
          description="Nothing is sent there any more, and its log is gone."
          confirmLabel="Remove"
          onConfirm={() => {
            remove.mutate({ id })
            setAsked(undefined)
          }}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </li>
  )
}

const offLabels: Record<WebhookOff, string> = {
  manager: 'Off',
  failing: 'Off after days of failures',
  gone: 'Off: it said it is gone',
}
