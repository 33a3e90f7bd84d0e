'use client'

import { webhookEvents, type WebhookEvent } from '@tenantry/contracts/webhook-events'
import type { WebhookInput } from '@tenantry/contracts/webhooks'
import { useId } from 'react'
import { useController, type Control } from 'react-hook-form'
import type { z } from 'zod'
import { Checkbox } from '../../../../components/ui/input.tsx'
import { kindsOf, wordsOf } from './event-words.ts'

type Values = z.input<typeof WebhookInput>

/** All events, those among them that are thought of later; or some, by what they are about. */
export function EventsField(props: {
  control: Control<Values, unknown, z.output<typeof WebhookInput>>
  name: 'events'
}) {
  const {
    field: { value, onChange },
    fieldState,
  } = useController(props)
  const note = useId()
  const chosen = value ?? null
  const choose = (events: readonly WebhookEvent[], isChosen: boolean) => {
    const rest = (chosen ?? []).filter((event) => !events.includes(event))
    const next = new Set(isChosen ? [...rest, ...events] : rest)
    onChange(webhookEvents.filter((event) => next.has(event)))
  }
  return (
    <fieldset className="grid gap-2" aria-describedby={fieldState.error && note}>
      <legend className="mb-1.5 text-[13px] font-medium">Tells of</legend>
      <Choice label="Every change" isChosen={chosen === null} onChoose={(isEvery) => onChange(isEvery ? null : [])} />
      {chosen !== null && (
        <div className="max-h-72 divide-y divide-line overflow-y-auto rounded-md border border-line">
          {kindsOf(webhookEvents).map(([kind, events]) => {
            const count = events.filter((event) => chosen.includes(event)).length
            return (
              <details key={kind} className="px-3 py-2">
                <summary className="cursor-default">
                  {wordsOf(kind)} <span className="text-muted tabular-nums">{count > 0 && `${count} chosen`}</span>
                </summary>
                <div className="grid gap-1.5 pt-2 pl-4 sm:grid-cols-2">
                  <Choice
                    label="All of these"
                    isChosen={count === events.length}
                    onChoose={(is) => choose(events, is)}
                  />
                  {events.map((event) => (
                    <Choice
                      key={event}
                      label={wordsOf(event.slice(kind.length + 1))}
                      isChosen={chosen.includes(event)}
                      onChoose={(is) => choose([event], is)}
                    />
                  ))}
                </div>
              </details>
            )
          })}
        </div>
      )}
      {fieldState.error !== undefined && (
        <p id={note} className="text-[13px] text-bad">
          {fieldState.error.message}
        </p>
      )}
    </fieldset>
  )
}

function Choice(props: { label: string; isChosen: boolean; onChoose: (isChosen: boolean) => void }) {
  return (
    <label className="flex items-center gap-2.5">
      <Checkbox checked={props.isChosen} onChange={(event) => props.onChoose(event.target.checked)} />
      <span>{props.label}</span>
    </label>
  )
}
