'use client'

import { useMutation } from '@tanstack/react-query'
import type { WebhookAttempt, WebhookMessage, WebhookMessageStatus } from '@tenantry/contracts/webhooks'
import { useMay, useTenantFormat } from '../../../../../components/shell/use-session.ts'
import { Badge, type Tone } from '../../../../../components/ui/badge.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { useOutcome } from '../../../../../components/use-outcome.ts'
import { formatInstant } from '../../../../../format/dates.ts'
import { useTRPC } from '../../../../../trpc/client.tsx'
import { wordsOf } from '../event-words.ts'

export const messageStatusLabels: Record<WebhookMessageStatus, string> = {
  waiting: 'On its way',
  delivered: 'Delivered',
  failed: 'Failed',
}
const tones: Record<WebhookMessageStatus, Tone> = { waiting: 'brand', delivered: 'good', failed: 'bad' }

/** A message with its attempts and what it says. */
export function DeliveryRow({ message }: { message: WebhookMessage }) {
  const { id, event, body, status, createdAt, nextAttemptAt, attempts } = message
  const trpc = useTRPC()
  const mayManage = useMay('tenant.manage')
  const { locale, timeZone } = useTenantFormat()
  const when = (instant: string) => formatInstant(instant, locale, timeZone)
  const outcome = useOutcome(trpc.webhooks.pathFilter())
  const again = useMutation(trpc.webhooks.redeliver.mutationOptions(outcome('It is sent again')))
  return (
    <li className="grid gap-2 px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="font-medium break-words">{wordsOf(event)}</p>
          <p className="text-[13px] text-muted">
            {when(createdAt)}
            {nextAttemptAt !== null && `, next attempt ${when(nextAttemptAt)}`}
          </p>
        </div>
        <Badge tone={tones[status]}>{messageStatusLabels[status]}</Badge>
        {mayManage && status !== 'waiting' && (
          <Button size="small" disabled={again.isPending} onClick={() => again.mutate({ id })}>
            Send again
          </Button>
        )}
      </div>
      <details>
        <summary className="cursor-default text-[13px] text-muted hover:text-ink">
          {attemptsTitle(attempts.length)}
        </summary>
        <div className="grid grid-cols-1 gap-2 pt-2">
          <ol className="grid gap-1 text-[13px]">
            {attempts.map((attempt) => (
              <li key={attempt.number} className="break-words">
                {when(attempt.at)}: {attemptSentence(attempt)}
              </li>
            ))}
          </ol>
          <pre className="rounded-md bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">
            {indented(body)}
          </pre>
        </div>
      </details>
    </li>
  )
}

function attemptsTitle(count: number): string {
  if (count === 0) return 'No attempt yet'
  return count === 1 ? 'One attempt' : `${count} attempts`
}

function attemptSentence({ statusCode, error, answer, durationMs }: WebhookAttempt): string {
  const said = statusCode === null ? wordsOf(error ?? 'no answer') : `Answered ${statusCode}`
  return `${said} after ${durationMs} ms${answer ? ` (${answer})` : ''}`
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
